-- wrk script: one native event per request, a new id and person each time.
-- Arguments: the write key, then a seed. Only the changing parts are built per request.
local head, tail, stamp, stampedAt = {}, {}, "", 0
local count, templates = 0, 100
local hex = {}
for i = 0, 65535 do hex[i] = string.format("%04x", i) end
local names = { "page_viewed", "product_viewed", "product_added", "search_performed",
  "coupon_applied", "checkout_started", "order_completed", "video_played",
  "review_opened", "support_opened" }
local plans = { "free", "team", "business" }
local devices = { "mobile", "desktop", "tablet" }
local countries = { "US", "DE", "FR", "GB", "JP", "CN", "IN", "BR", "CA", "IT" }

function init(args)
  math.randomseed(tonumber(args[2]))
  for i = 1, templates do
    -- The square of an even draw favours the first names and paths, much as Zipf does.
    local name = names[1 + math.floor(math.random() ^ 2 * #names)]
    local start = '{"event":"' .. name .. '","user":"user-'
    tail[i] = '","properties":{"path":"/collections/outdoor/products/item-'
      .. string.format("%03d", math.floor(math.random() ^ 2 * 200))
      .. '","plan":"' .. plans[math.random(#plans)]
      .. '","country":"' .. countries[math.random(#countries)]
      .. '","device":"' .. devices[math.random(#devices)]
      .. '","price":' .. (math.random(100) * 5 - 1) .. ".99}}"
    local length = #start + 6 + #'","id":"' + 36 + #'","time":"' + 24 + #tail[i]
    head[i] = "POST /api/v1/events HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
      .. "\r\nAuthorization: Bearer " .. args[1]
      .. "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n" .. start
  end
end

function request()
  count = count + 1
  if os.time() ~= stampedAt then
    stampedAt = os.time()
    stamp = os.date("!%Y-%m-%dT%H:%M:%S.000Z", stampedAt)
  end
  local random, i = math.random, 1 + count % templates
  local person = random(0, 99999)
  return head[i] .. "0" .. string.sub(100000 + person, 2) .. '","id":"'
    .. hex[random(0, 65535)] .. hex[random(0, 65535)] .. "-" .. hex[random(0, 65535)]
    .. "-4" .. string.sub(hex[random(0, 65535)], 2) .. "-8" .. string.sub(hex[random(0, 65535)], 2)
    .. "-" .. hex[random(0, 65535)] .. hex[random(0, 65535)] .. hex[random(0, 65535)]
    .. '","time":"' .. stamp .. tail[i]
end
