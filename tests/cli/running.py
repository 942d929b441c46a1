"""How the tests run a command: in this process, as the installed command would."""

from kosorong.cli import main


def run_command(*arguments: object) -> int:
    return main([str(a) for a in arguments])
