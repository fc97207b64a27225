"""Read pages of other sites: politely, within limits of time and size, and on the public web only.

Every command that uses the network goes through `reader.Reader`. Whatever a page or its server does, a request ends in
time, stays within its size, and connects to no private address.
"""
