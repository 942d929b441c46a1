"""`kosorong inference`."""

from __future__ import annotations

import argparse
import os

from kosorong.cli.common import Commands, need_extra, ranged
from kosorong.cli.memory import give_back_in_pauses, stay_small
from kosorong.cli.supervisor import leave_with_supervisor


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("inference", help="the inference server: translation and speech")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument(
        "--port",
        type=ranged(int, 0, 65535),
        help="KOSORONG_INFERENCE_PORT, or 8001, where it is left out; 0 takes a free one",
    )
    parser.add_argument(
        "--threads",
        type=ranged(int, 2, 1100),
        help="requests held at once; four more than KOSORONG_INFERENCE_QUEUE where it is left out",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Serve until stopped."""
    stay_small()
    give_back_in_pauses()
    leave_with_supervisor()
    need_extra("serve", "onnxruntime", "ctranslate2", "flask", "waitress")
    from kosorong.serving.server import serve
    from kosorong.serving.settings import DEFAULT_PORT, read_settings, whole_number

    settings = read_settings(os.environ)
    port = args.port
    if port is None:
        port = whole_number(os.environ, "PORT", DEFAULT_PORT, 0, 65535)
    serve(args.host, port, settings, args.threads)
