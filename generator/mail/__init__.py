"""An edition as mail: made, written to a file, sent to subscribers, or handed to a service.

`twins` makes the HTML and the text of an edition, `message` the mail around them. What talks to a server stands apart:
`smtp` to one that takes mail, `services` to one that keeps the subscribers itself.
"""
