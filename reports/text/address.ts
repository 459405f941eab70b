/**
 * Where a link leads, fit for an attribute and for Markdown: an address on the web, or a path from the page with each part encoded, so
 * that no text from elsewhere becomes a scheme (`javascript:`) or another host (`//host`).
 */
export const addressOf = (href: string): string => {
  const known = href.toWellFormed();
  const address = /^https?:\/\//.test(known)
    ? known
    : known
        .replace(/^[\\/]{2,}/, '/')
        .split(/[\\/]/)
        .map(encodeURIComponent)
        .join('/');
  return address.replace(/[^!-~]|["'()<>\\^`{|}]/gu, percent);
};

/** `encodeURIComponent` leaves parentheses and apostrophes as they are. */
const percent = (character: string): string =>
  encodeURIComponent(character).replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
