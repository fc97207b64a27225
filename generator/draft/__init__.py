"""`citewire draft`: make drafts of stories from pages: group those on one event, compare what they say, write YAML.

`drafting` goes through the steps. Nothing is published. What a model writes, if one is asked, is checked against the
pages as a writer's text is.
"""
