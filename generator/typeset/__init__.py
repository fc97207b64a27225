"""Render text for pages, feeds and mails: the templates, citations as links, quotation marks, line breaks."""
