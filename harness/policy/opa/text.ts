/** A string of Rego, whose escapes are JSON's. */
export const quote = (text: string): string => JSON.stringify(text);
