import { deleteAccessToken, listAccessTokens } from "codecatalyst-pat";
import { explainError, formatError } from "codecatalyst-pat/format-error";
import { useEffect, useState } from "react";

const endpoint = `${location.origin}/codecatalyst`;

/** The access tokens of a user, each with a button that deletes it. */
export function AccessTokens({ bearer }) {
  const { tokens, status, forget } = useAccessTokens(bearer);
  return (
    <>
      <p role="status">{status}</p>
      <ul>
        {tokens?.map((token) => (
          <Row key={token.id} bearer={bearer} token={token} onGone={() => forget(token)} />
        ))}
      </ul>
    </>
  );
}

function useAccessTokens(bearer) {
  const [tokens, setTokens] = useState();
  const [error, setError] = useState();

  useEffect(() => {
    const controller = new AbortController();
    readAll(listAccessTokens(bearer, { endpoint, signal: controller.signal })).then(
      setTokens,
      // Aborted: the component is gone, or about to load again.
      (reason) => controller.signal.aborted || setError(reason),
    );
    return () => controller.abort();
  }, [bearer]);

  const forget = (token) => setTokens((all) => all.filter(({ id }) => id !== token.id));
  return { tokens, status: statusOf(tokens, error), forget };
}

function statusOf(tokens, error) {
  if (error) return formatError(error);
  return tokens ? `Access tokens: ${tokens.length}` : "Loading…";
}

async function readAll(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}

function Row({ bearer, token, onGone }) {
  const [isDeleting, setIsDeleting] = useState(false);
  const [error, setError] = useState();

  // In an event handler, which React calls once: StrictMode calls effects and updaters twice.
  async function remove() {
    if (!confirm(`Delete ${token.name}?`)) return;
    setIsDeleting(true);
    setError(undefined);
    try {
      await deleteAccessToken(bearer, token.id, { endpoint });
      onGone();
    } catch (reason) {
      // Somebody else has deleted it, or we have, by a call whose outcome was unknown.
      if (reason.name === "ResourceNotFoundException") onGone();
      setIsDeleting(false);
      setError(reason);
    }
  }

  return (
    <li>
      <button type="button" disabled={isDeleting} onClick={remove}>
        Delete {token.name}
      </button>
      {error && <span role="alert"> {describe(error)}</span>}
    </li>
  );
}

function describe(error) {
  if (!error.outcomeUnknown) return formatError(error);
  const { title, advice } = explainError(error);
  return `${title}. ${advice}`;
}
