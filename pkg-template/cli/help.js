export const HELP = `codecatalyst-pat: lists and deletes your Amazon CodeCatalyst access tokens

  codecatalyst-pat list [--expired] [--name PATTERN] [--json]
  codecatalyst-pat delete ID...
  codecatalyst-pat delete -          ids from standard input, one on each line
  codecatalyst-pat delete [--expired] [--name PATTERN]
  codecatalyst-pat delete --all

Which tokens
  --expired          those whose time is over
  --name PATTERN     those whose whole name fits: * is any text, ? is one
                     character, upper and lower case differ. With --expired:
                     those that are both
  --all              all of yours

Deleting
  --dry-run          shows what would be deleted, and deletes nothing
  --yes, -y          does not ask. Without it, several ids, and whatever is
                     selected, are shown and asked about; where there is no
                     terminal to ask on, nothing is deleted
  --concurrency N    how many at once, 1 to 64 (default 4)

Signing in is that of the AWS CLI: type "aws sso login". The bearer token is
taken from the first of these that is there:
  --token-stdin      standard input
  --profile NAME     the login of this profile in ~/.aws/config, or in the file
                     that AWS_CONFIG_FILE names
  AWS_BEARER_TOKEN_CODECATALYST
  AWS_PROFILE        the login of this profile, or else of "default"
It is never an argument: other users of a machine can read those.

Other options
  --json             one JSON object on each line, for a token or a deletion
  --endpoint URL     where the service is
                     (default https://codecatalyst.global.api.aws)
  --timeout SECONDS  limit of each request (default 10). What failed in a way
                     that may pass is sent again, up to 8 times in all
  --quiet            only what went wrong: no line for each deletion, and no
                     progress
  --help, -h         this text
  --version

Results go to standard output; questions, progress, failures and the summary to
standard error. NO_COLOR turns colours off. Ctrl-C stops, and says what was
deleted and what was not.

Exit codes
  0  all done               1  not all deleted, or the answer was no
  2  wrong usage            3  not signed in
  130  stopped by Ctrl-C    143  stopped by SIGTERM`;
