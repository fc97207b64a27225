"""`citewire announce`: tell WebSub hubs, chat channels and social networks what is new on the published site.

What was announced is remembered in a file (`state`), so running it again, even after a crash, announces nothing twice.
"""
