export const HELP = `codecatalyst-pat: lists and deletes your Amazon CodeCatalyst personal access tokens

  codecatalyst-pat list   [--expired] [--name PATTERN] [--json]
  codecatalyst-pat delete ID...                     ids, as list shows them; - reads ids from standard input
  codecatalyst-pat delete --expired | --name PATTERN | --all

Which tokens
  --expired          those whose time is over
  --name PATTERN     those with this name: * stands for any text, ? for one character, upper and lower case differ.
                     Together with --expired, both must be true
  --all              every token of yours

Deleting
  --dry-run          shows what would be deleted, and deletes nothing
  --yes, -y          does not ask. Otherwise ids of more than one token, and whatever is selected, are shown first; without a
                     terminal to ask on, nothing is deleted
  --concurrency N    how many at once, 1 to 64 (default 4)

Signing in: the same as for the AWS CLI, "aws sso login". The bearer token is taken from the first of
  --token-stdin      standard input
  --profile NAME     the login of this profile of ~/.aws/config (or AWS_CONFIG_FILE)
  AWS_BEARER_TOKEN_CODECATALYST
  AWS_PROFILE        the login of this profile, or of the profile "default"
There is no option for the token itself: other users of a machine can read arguments.

Other options
  --json             one JSON object a line, for each token or each deletion
  --endpoint URL     where the service is (default https://codecatalyst.global.api.aws)
  --timeout SECONDS  limit of one request (default 10); requests that failed in a way that may pass are sent again
  --quiet            only what went wrong: no line for each deletion, no progress
  --help, -h         this text
  --version

Results go to standard output; questions, progress, failures and the summary go to standard error. NO_COLOR turns colours off.
Ctrl-C stops, and says what was deleted and what was not.

Exit codes
  0 all done   1 not all deleted (or the answer was no)   2 wrong usage   3 not signed in
  130 interrupted by Ctrl-C   143 ended by SIGTERM`;
