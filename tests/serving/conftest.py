"""A server with toy models."""

import toy_serving

toy_bundles_folder = toy_serving.toy_bundles_folder
engines = toy_serving.engines
app = toy_serving.app
server_address = toy_serving.server_address
