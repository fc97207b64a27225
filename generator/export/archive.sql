-- The archive of a newsletter. Moments are ISO 8601 with their zone; days are ISO 8601.
PRAGMA page_size = 4096;
PRAGMA foreign_keys = ON;
PRAGMA application_id = 1129596242;
PRAGMA user_version = 2;

CREATE TABLE sections (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT);
CREATE TABLE publishers (id TEXT PRIMARY KEY, name TEXT NOT NULL, domain TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE entities (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, site TEXT);
CREATE TABLE topics (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT);

CREATE TABLE stories (
  slug TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  dek TEXT NOT NULL,
  section TEXT NOT NULL REFERENCES sections(id),
  published TEXT NOT NULL,
  updated TEXT,
  event TEXT,
  sentiment TEXT,
  importance INTEGER,
  importance_why TEXT,
  text TEXT NOT NULL -- the words of its body and parts, without their numbers
);
CREATE INDEX stories_by_section ON stories(section, published);
CREATE INDEX stories_by_day ON stories(published);

-- A story that continues an earlier one.
CREATE TABLE threads (
  story TEXT NOT NULL PRIMARY KEY REFERENCES stories(slug),
  updates TEXT NOT NULL REFERENCES stories(slug)
);
CREATE TABLE mentions (
  story TEXT NOT NULL REFERENCES stories(slug),
  entity TEXT NOT NULL REFERENCES entities(id),
  PRIMARY KEY (story, entity)
) WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions(entity);
CREATE TABLE story_topics (
  story TEXT NOT NULL REFERENCES stories(slug),
  topic TEXT NOT NULL REFERENCES topics(id),
  PRIMARY KEY (story, topic)
) WITHOUT ROWID;
CREATE INDEX stories_by_topic ON story_topics(topic);

-- What a story cites, under its number on the story's page, and how often.
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  story TEXT NOT NULL REFERENCES stories(slug),
  number INTEGER NOT NULL,
  url TEXT NOT NULL,
  title TEXT,
  publisher TEXT NOT NULL REFERENCES publishers(id),
  relays TEXT REFERENCES publishers(id),
  author TEXT,
  published TEXT,
  accessed TEXT,
  archive TEXT,
  uses INTEGER NOT NULL
);
CREATE INDEX sources_by_story ON sources(story, number);
CREATE INDEX sources_by_publisher ON sources(publisher);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL REFERENCES sources(id),
  passage TEXT NOT NULL
);
CREATE INDEX passages_by_source ON passages(source);

CREATE TABLE editions (
  slug TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  number INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL,
  dek TEXT NOT NULL,
  one_line TEXT NOT NULL,
  published TEXT NOT NULL,
  updated TEXT NOT NULL,
  editor TEXT NOT NULL,
  machine TEXT NOT NULL, -- what part a machine had in it: drafted, assisted, none
  reviewed_by TEXT
);
CREATE TABLE edition_stories (
  edition TEXT NOT NULL REFERENCES editions(slug),
  story TEXT NOT NULL REFERENCES stories(slug),
  position INTEGER NOT NULL,
  PRIMARY KEY (edition, story)
) WITHOUT ROWID;
CREATE INDEX editions_of_story ON edition_stories(story);
CREATE TABLE points (
  edition TEXT NOT NULL REFERENCES editions(slug),
  kind TEXT NOT NULL, -- takeaway or action
  position INTEGER NOT NULL,
  lead TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (edition, kind, position)
) WITHOUT ROWID;

-- What was wrong, of a story or of the own text of an edition.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  story TEXT REFERENCES stories(slug),
  edition TEXT REFERENCES editions(slug),
  date TEXT NOT NULL,
  place TEXT, -- in words
  was TEXT NOT NULL,
  now TEXT NOT NULL,
  noticed_by TEXT,
  CHECK ((story IS NULL) <> (edition IS NULL))
);
CREATE INDEX corrections_of_story ON corrections(story);
CREATE INDEX corrections_of_edition ON corrections(edition);
-- What was taken back, of which nothing else is kept.
CREATE TABLE withdrawn (
  id TEXT PRIMARY KEY, -- a story's slug; `editions/` and the slug of an edition
  published TEXT NOT NULL,
  withdrawn TEXT NOT NULL,
  why TEXT NOT NULL,
  title TEXT
);

CREATE VIRTUAL TABLE stories_fts USING fts5(title, dek, text, content='stories', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE passages_fts USING fts5(passage, content='passages', tokenize='unicode61 remove_diacritics 2');
