import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { AccessTokens } from "./AccessTokens.jsx";

function App() {
  const [bearer, setBearer] = useState("");
  if (bearer === "") return <SignIn onSignIn={setBearer} />;
  return (
    <>
      <button type="button" onClick={() => setBearer("")}>
        Sign out
      </button>
      <AccessTokens bearer={bearer} />
    </>
  );
}

function SignIn({ onSignIn }) {
  const signIn = (data) => onSignIn(data.get("bearer"));
  return (
    <form action={signIn}>
      <label>
        Bearer token <input name="bearer" type="password" autoComplete="off" required />
      </label>
      <button type="submit">Sign in</button>
    </form>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
