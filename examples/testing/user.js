// The user that the tests sign in.

export const user = {
  name: "ana",
  bearer: "test-bearer",
  tokens: [
    { id: "old-laptop", name: "Old laptop", expiresTime: "2024-02-29T12:00:00Z" },
    { id: "old-job", name: "Deploy job", expiresTime: "2025-06-30T00:00:00Z" },
    { id: "laptop", name: "Laptop", expiresTime: "2999-12-31T00:00:00Z" },
  ],
};
