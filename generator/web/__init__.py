"""Reading pages of others: politely, within bounds, and never what is not on the public web.

Every command that goes to the network goes through `Reader`. Whatever a page or its server does, a reading ends in
time, keeps to its size, and connects to no private address.
"""
