"""A server with toy models."""

import toy_serving

toy_bundles_folder = toy_serving.toy_bundles_folder
models = toy_serving.models
app = toy_serving.app
server_address = toy_serving.server_address
