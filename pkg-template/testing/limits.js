// The limits of the API's model, version 2022-09-28.

export const MAX_ID_LENGTH = 36;
export const MAX_NAME_LENGTH = 100;
export const MAX_NEXT_TOKEN_LENGTH = 10_000;
export const MAX_PAGE_SIZE = 10;
export const MAX_TOKENS = 100;
