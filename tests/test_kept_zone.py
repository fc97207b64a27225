"""What is kept between two readings is what was read, to the zone of its times."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.cache import Cache
from generator.files import stamp_of
from generator.load.kept_stories import KeptStories
from generator.model.content import Story


def test_times_keep_their_zone_when_a_story_is_not_read_again(tmp_path: Path):
    cache, stamp = Cache(tmp_path, "x"), stamp_of(Path(__file__).stat())
    published = datetime.fromisoformat("2026-04-09T18:00:00-04:00")
    kept = KeptStories(cache)
    kept.keep("a.yml", (stamp[0], 1, 1), Story("a", "a.yml", "T", "D.", "policy", published))
    kept.save()
    again = KeptStories(cache).before("a.yml")
    assert again is not None
    assert again.published.isoformat() == "2026-04-09T18:00:00-04:00"
