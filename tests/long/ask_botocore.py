"""Says which sign-in botocore finds, and which endpoint, as one line of JSON.

The environment is that of the process; the profile is the only argument, if there is one.
"""

import json
import sys

import botocore
import botocore.session


def ask(profile):
    """The bearer token that would be sent to CodeCatalyst, and the endpoint."""
    session = botocore.session.Session(profile=profile)
    client = session.create_client("codecatalyst", region_name="us-west-2")
    token = session.get_auth_token(signing_name="codecatalyst")
    if hasattr(token, "get_frozen_token"):
        token = token.get_frozen_token()
    return {
        "token": token and token.token,
        "expiration": token and token.expiration and token.expiration.isoformat(),
        "endpoint": client.meta.endpoint_url,
    }


def main(profile=None):
    try:
        answer = ask(profile)
    except Exception as error:
        # A message may quote paths.
        answer = {"error": type(error).__name__}
    print(json.dumps({"version": botocore.__version__, "answer": answer}))


main(*sys.argv[1:])
