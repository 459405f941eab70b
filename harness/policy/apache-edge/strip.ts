import { identityHeaders } from '../identity-headers.ts';

const table = (words: readonly string[]): string => words.map((word) => `  ['${word}'] = true,\n`).join('');

const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/**
 * `edge/edge.lua`: what no directive of httpd can say. RequestHeader unset takes one name, and identity headers come by prefix;
 * an underscore reads as a dash, as it does for what stands behind (CGI and its heirs). And OPTIONS * is answered by the core
 * itself, before anything is asked, unless it is refused while its name is translated.
 */
export const script: string = `require 'apache2'

local names = {
${table(identityHeaders.names)}}
local prefixes = { ${list(identityHeaders.prefixes)} }

local function says_who(name)
  local plain = name:lower():gsub('_', '-')
  if names[plain] then return true end
  for _, prefix in ipairs(prefixes) do
    if plain:sub(1, #prefix) == prefix then return true end
  end
  return false
end

-- Connection names headers that are not passed on: a client could take the verified subject off with it.
function strip(r)
  for name in pairs(r:headers_in_table()) do
    if says_who(name) then r.headers_in[name] = nil end
  end
  local connection = r.headers_in['Connection']
  if connection then
    r.headers_in['Connection'] = connection:lower():find('close', 1, true) and 'close' or nil
  end
  return apache2.DECLINED
end

function refuse_asterisk(r)
  if r.uri == '*' then return 400 end
  return apache2.DECLINED
end
`;
