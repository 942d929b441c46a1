"""A server with toy models, to be asked."""

import toy_serving

toy_bundles_folder = toy_serving.toy_bundles_folder
engines = toy_serving.engines
server_address = toy_serving.server_address
