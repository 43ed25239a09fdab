"""Both chains of a register, that of the copies and that of the publications: as they are read, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.problem import Message
from bulletin.model.register import Head
from bulletin.register.publications.store import publication_head_of, publications_of
from bulletin.register.publications.verifying import publication_faults
from bulletin.register.store import Chain, Chains, Store, entries_of, head_of
from bulletin.register.verifying import chain_faults, own_faults


def chains_of(store: Store) -> Chains:
    """The chains; their records are read as they are asked for, once."""
    return Chains(Chain(entries_of(store), head_of(store)), Chain(publications_of(store), publication_head_of(store)))


def chains_faults(chains: Chains, anchor: Head | None = None, published: Head | None = None) -> Iterator[Message]:
    """What is wrong with chains that should hold these heads, which were put down elsewhere, on paper or in another file."""
    yield from chain_faults(chains.copies.entries, chains.copies.head, anchor)
    yield from publication_faults(chains.publications.entries, chains.publications.head, published)


def register_faults(store: Store, anchor: Head | None, published: Head | None) -> Iterator[Message]:
    """What is wrong with the register, in a transaction that reads: files, schema, and both chains."""
    yield from own_faults(store)
    yield from chains_faults(chains_of(store), anchor, published)
