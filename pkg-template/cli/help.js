import {
  DEFAULT_CONCURRENCY,
  DEFAULT_ENDPOINT,
  DEFAULT_TIMEOUT_S,
  MAX_ATTEMPTS,
  MAX_CONCURRENCY,
} from "./limits.js";

export const HELP = `codecatalyst-pat: lists and deletes your Amazon CodeCatalyst access tokens

  codecatalyst-pat list [--expired] [--name PATTERN] [--json]
  codecatalyst-pat delete ID...
  codecatalyst-pat delete -          read ids from standard input, one a line
  codecatalyst-pat delete [--expired] [--name PATTERN]
  codecatalyst-pat delete --all

Selecting tokens
  --expired          tokens that have expired
  --name PATTERN     tokens whose whole name matches: * matches any text, ? one
                     character; case matters. With --expired, a token must
                     match both
  --all              all your tokens

Deleting
  --dry-run          show what would be deleted, and delete nothing
  --yes, -y          don't ask. Otherwise the tokens are shown and must be
                     confirmed; without a terminal to ask on, nothing is
                     deleted
  --concurrency N    how many deletions run at once, 1 to ${MAX_CONCURRENCY} (default ${DEFAULT_CONCURRENCY})

Signing in
Sign in with the AWS CLI: "aws sso login". The bearer token comes from the
first of these that is set:
  --token-stdin      standard input
  --profile NAME     the login of this profile, which the AWS CLI's files name
  AWS_BEARER_TOKEN_CODECATALYST
  AWS_DEFAULT_PROFILE, then AWS_PROFILE, as in botocore:
                     the login of this profile, otherwise of "default"
It is never an argument: other users of the machine can read those. A file with
a login that they can read is warned of.

Other options
  --json             print one JSON object a line, for each token or deletion
  --endpoint URL     send requests to this URL. Otherwise as in the AWS CLI:
                     AWS_ENDPOINT_URL_CODECATALYST, AWS_ENDPOINT_URL,
                     endpoint_url of the profile
                     (default ${DEFAULT_ENDPOINT})
  --timeout SECONDS  limit of each request (default ${DEFAULT_TIMEOUT_S}). A request that fails in
                     a way that may pass is sent up to ${MAX_ATTEMPTS} times
  --quiet            print only failures: no line for each deletion, no progress
  --help, -h         print this help
  --version          print the version

Results go to standard output; questions, progress, failures and the summary go
to standard error. NO_COLOR turns colours off. Ten refusals in a row for the
same reason end a run.

Stopping
Ctrl-C, SIGTERM or SIGHUP: nothing new begins, waits end, and what is under way
may still end (10 s at most), so nothing becomes unknown. A second one cancels
what is under way. Then it reports what was deleted and what wasn't.

Exit codes
  0  all done               1  not all deleted, or not confirmed
  2  wrong usage            3  not signed in
  129  stopped by SIGHUP    130  stopped by Ctrl-C    143  stopped by SIGTERM`;
