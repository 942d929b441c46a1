"""`python -m kosorong` is the command `kosorong`."""

import sys

from kosorong.cli import main

sys.exit(main())
