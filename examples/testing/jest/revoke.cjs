// The code under test: deletes a token, and says in one word how that went.

const { deleteAccessToken } = require("codecatalyst-pat");

exports.revoke = async (token, id, options) => {
  try {
    await deleteAccessToken(token, id, options);
    return "deleted";
  } catch (error) {
    if (error.name === "AccessDeniedException") return "signed-out";
    return error.outcomeUnknown ? "unknown" : "kept";
  }
};
