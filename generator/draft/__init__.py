"""From pages to drafts of stories: who tells the same event, what they say alike, and where they disagree.

Nothing here is published. What a model proposes is data, held against the pages like a writer's text.
"""
