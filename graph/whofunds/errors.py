"""The one family of errors. Each message names what was wrong and ends with the next step.

WhofundsError                exit code
├── UsageError               2   wrong use: unknown option value, file, loader, query, parameter
│   └── NameNotFound         2   an unknown or ambiguous entity name; carries its candidates
├── InputError               2   a file that can't be read at all, a loader that fails
├── CypherError              2   a statement the store refuses: syntax, a write, a known fault
│   └── QueryTimeout         1   a statement that ran out of time
└── StoreError               3   the store is away, locked, somebody else's, of another version
    └── NoStore              3   there is no store yet
"""


class WhofundsError(Exception):
    """Base of every error that whofunds raises on purpose; its text is short."""

    exit_code = 2


class UsageError(WhofundsError):
    """A wrong option, parameter, loader, query or path."""


class NameNotFound(UsageError):
    """A name that no entity, or more than one, answers to.

    `candidates` holds (id, name) pairs, best first.
    """

    def __init__(self, message: str, candidates: list[tuple[str, str]] | None = None) -> None:
        super().__init__(message)
        self.candidates = candidates or []


class InputError(WhofundsError):
    """A file that can't be opened, or a loader that raises."""


class CypherError(WhofundsError):
    """A statement that a store refuses, or that is known to give wrong rows on it."""


class QueryTimeout(CypherError):
    """A statement that was stopped because its time ran out."""

    exit_code = 1


class StoreError(WhofundsError):
    """A store that can't be reached, opened or used."""

    exit_code = 3


class NoStore(StoreError):
    """A folder or a database in which nothing was ever loaded."""
