-- The archive of a newsletter. Moments are ISO 8601 with their zone; days are ISO 8601.
PRAGMA page_size = 4096;
PRAGMA foreign_keys = ON;
PRAGMA application_id = 1129596242;
PRAGMA user_version = 3;

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

-- Where the sources of a story disagree: each version, with those that tell it.
CREATE TABLE disputes (
  id INTEGER PRIMARY KEY,
  story TEXT NOT NULL REFERENCES stories(slug),
  position INTEGER NOT NULL,
  point TEXT NOT NULL,
  note TEXT
);
CREATE INDEX disputes_by_story ON disputes(story);
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  dispute INTEGER NOT NULL REFERENCES disputes(id),
  value TEXT NOT NULL
);
CREATE INDEX versions_by_dispute ON versions(dispute);
CREATE TABLE version_sources (
  version INTEGER NOT NULL REFERENCES versions(id),
  source TEXT NOT NULL REFERENCES sources(id),
  PRIMARY KEY (version, source)
) WITHOUT ROWID;
CREATE INDEX versions_by_source ON version_sources(source);

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

-- What an edition says to take from the day.
CREATE TABLE focus (
  edition TEXT NOT NULL REFERENCES editions(slug),
  position INTEGER NOT NULL,
  lead TEXT NOT NULL,
  changed TEXT NOT NULL,
  matters TEXT NOT NULL,
  watch TEXT NOT NULL,
  PRIMARY KEY (edition, position)
) WITHOUT ROWID;
CREATE TABLE questions (
  edition TEXT NOT NULL REFERENCES editions(slug),
  position INTEGER NOT NULL,
  question TEXT NOT NULL,
  answers TEXT NOT NULL, -- a JSON array
  right_answer TEXT NOT NULL, -- one of them
  explanation TEXT NOT NULL,
  PRIMARY KEY (edition, position)
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

-- A sentence that claims something, of a story or of the own text of an edition, in reading order.
CREATE TABLE sentences (
  id INTEGER PRIMARY KEY,
  story TEXT REFERENCES stories(slug),
  edition TEXT REFERENCES editions(slug),
  position INTEGER NOT NULL,
  path TEXT NOT NULL, -- where its text stands in the file: body, parts/summary/0
  start INTEGER NOT NULL, -- in that text, in characters
  text TEXT NOT NULL, -- without its markup
  about TEXT, -- the point on which sources disagree, of which the text is one version
  CHECK ((story IS NULL) <> (edition IS NULL))
);
CREATE INDEX sentences_of_story ON sentences(story, position);
CREATE INDEX sentences_of_edition ON sentences(edition, position);
-- The sources whose citations support a sentence, in the order in which it cites them.
CREATE TABLE supports (
  sentence INTEGER NOT NULL REFERENCES sentences(id),
  source TEXT NOT NULL REFERENCES sources(id),
  position INTEGER NOT NULL,
  PRIMARY KEY (sentence, source)
) WITHOUT ROWID;
CREATE INDEX supports_by_source ON supports(source);
-- A figure, quotation or name, the verdict on it, and the words that it was traced to or that contradict it.
CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  sentence INTEGER NOT NULL REFERENCES sentences(id),
  kind TEXT NOT NULL, -- figure, quotation, name
  text TEXT NOT NULL,
  start INTEGER NOT NULL, -- in the sentence, in characters
  "end" INTEGER NOT NULL,
  verdict TEXT NOT NULL, -- traced, contradicted, untraced, no evidence kept, uncited
  how TEXT, -- how it follows from the words: the same quantity, rounded, computed
  reckoned TEXT, -- what is reckoned of its terms: sum, share, span; day where words are reckoned from one
  source TEXT REFERENCES sources(id), -- whose words these are
  part TEXT, -- passage, title, snapshot (the kept page), publisher, published (its day)
  passage INTEGER REFERENCES passages(id),
  words TEXT,
  words_start INTEGER, -- in the passage, in characters
  words_end INTEGER,
  read TEXT, -- the day on which the source was read
  silenced TEXT -- the reason for which the newsletter answers for it, whatever the verdict
);
CREATE INDEX claims_by_sentence ON claims(sentence);
CREATE INDEX claims_by_source ON claims(source);
CREATE INDEX claims_by_passage ON claims(passage);
CREATE INDEX claims_by_verdict ON claims(verdict, kind);
-- The figures that a claim is computed from, or the day that it is reckoned from, each with the words of its own source.
CREATE TABLE terms (
  claim INTEGER NOT NULL REFERENCES claims(id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  told TEXT NOT NULL, -- sentence, sentence before, source, page (its own day)
  source TEXT REFERENCES sources(id),
  part TEXT,
  passage INTEGER REFERENCES passages(id),
  words TEXT,
  words_start INTEGER,
  words_end INTEGER,
  read TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE INDEX terms_by_source ON terms(source);
CREATE INDEX terms_by_passage ON terms(passage);

-- Every claim with its sentence, its page and its evidence. `sources` counts those that the sentence cites, `origins`
-- those who report it: two pages that pass on one agency's report are one.
CREATE VIEW ledger AS
WITH counted AS (
  SELECT sentence, count(*) AS sources, count(DISTINCT coalesce(sources.relays, sources.publisher)) AS origins
  FROM supports JOIN sources ON sources.id = supports.source GROUP BY sentence
)
SELECT
  claims.id, claims.kind, claims.text AS claim, claims.verdict, claims.how, claims.silenced,
  sentences.text AS sentence, sentences.story, sentences.edition,
  coalesce(stories.published, editions.published) AS published,
  coalesce(stories.url, editions.url) AS url,
  coalesce(counted.sources, 0) AS sources, coalesce(counted.origins, 0) AS origins,
  claims.source, sources.publisher, sources.url AS source_url, claims.part,
  coalesce(passages.passage, claims.words) AS words, claims.read
FROM claims
JOIN sentences ON sentences.id = claims.sentence
LEFT JOIN stories ON stories.slug = sentences.story
LEFT JOIN editions ON editions.slug = sentences.edition
LEFT JOIN counted ON counted.sentence = sentences.id
LEFT JOIN sources ON sources.id = claims.source
LEFT JOIN passages ON passages.id = claims.passage;

CREATE VIRTUAL TABLE stories_fts USING fts5(title, dek, text, content='stories', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE passages_fts USING fts5(passage, content='passages', tokenize='unicode61 remove_diacritics 2');
