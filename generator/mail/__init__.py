"""`citewire mail`: make the mail of an edition, and write it to a file, send it over SMTP or hand it to a service.

`bodies` makes the HTML and the text of an edition, `message` the mail around them. `smtp` and `send` send it to each
subscriber; `services` hands it to a service that manages the subscribers itself.
"""
