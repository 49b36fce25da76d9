// What answers in place of the service: faults that have nothing of it but the status.

const foreign = (status, body, headers = {}) => ({
  method: "DELETE",
  status,
  body,
  headers: { "content-type": "text/html", "x-amzn-requestid": null, ...headers },
});

const SIGN_IN = `<!doctype html><title>Sign in</title><form action="/login">
<input name="user"><input name="password" type="password"></form>`;

/** By what it is. None of these was carried out by the service. */
export const FOREIGN_REPLIES = {
  "a 404 page": foreign(
    404,
    "<html><body><h1>Not Found</h1>This gateway allows no DELETE.</body></html>",
  ),
  "a 404 of nginx": foreign(
    404,
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n" +
      "<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    { server: "nginx" },
  ),
  "an empty 404": foreign(404, "", { "content-type": null }),
  "a gateway's 404 in JSON": foreign(404, '{"error":{"code":404,"message":"No such route."}}', {
    "content-type": "application/json",
  }),
  "a firewall's 403 page": foreign(403, "<html><body>Blocked by policy.</body></html>"),
  "a sign-in page": foreign(200, SIGN_IN),
};

/** Whether such a reply leaves open what became of the token. */
export const leavesOpen = ({ status }) => status === 200;
