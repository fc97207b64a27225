"""`citewire draft`: make drafts of stories from pages: group those on one event, compare them, write YAML.

`drafting` goes through the steps. Nothing is published. What a model writes, if one is used, is checked against the
pages as a writer's text is.
"""
