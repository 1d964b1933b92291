-- Turns the report's spans and blocks into what each format understands.
local is_html = FORMAT:match("html") ~= nil
local is_typst = FORMAT == "typst"
local is_word = FORMAT == "docx"

local function has(element, name)
  return element.classes:includes(name)
end

local function escape_html(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub('"', "&quot;"))
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function wrapped(blocks, before, after, format)
  local result = pandoc.List({ pandoc.RawBlock(format, before) })
  result:extend(blocks)
  result:insert(pandoc.RawBlock(format, after))
  return result
end

-- A claim becomes <data> in HTML, a bookmark in Word (from the span's id), plain text in typst.
local function claim(span)
  if is_typst then
    return span.content
  end
  if is_html then
    local printed = pandoc.utils.stringify(span.content)
    local value = span.attributes.value or printed
    local name = span.identifier ~= "" and 'id="' .. span.identifier .. '"'
      or 'data-claim="' .. (span.attributes.claim or "") .. '"'
    local result = pandoc.List({
      pandoc.RawInline("html", "<data " .. name .. ' value="' .. escape_html(value) .. '">'),
    })
    result:extend(span.content)
    result:insert(pandoc.RawInline("html", "</data>"))
    return result
  end
end

local nbsp = "\u{a0}"
local relations = { ["="] = true, ["<"] = true, [">"] = true, ["≤"] = true, ["≥"] = true }

local function is_text(inline)
  return inline ~= nil and inline.t == "Str"
end

-- "p ≤ 0.024" and "n = 96" stay in one line.
local function keep_relation_whole(inlines)
  for place, inline in ipairs(inlines) do
    local before, after = inlines[place - 1], inlines[place + 1]
    if inline.t == "Space" and is_text(before) then
      local starts_relation = is_text(after) and relations[after.text]
      local ends_relation = relations[before.text] and after ~= nil
      local symbol_of_claim = after ~= nil and after.t == "Span" and has(after, "claim") and before.text:match("^%(?[pn]$")
      if starts_relation or ends_relation or symbol_of_claim then
        inlines[place] = pandoc.Str(nbsp)
      end
    end
  end
  return inlines
end

local function without_identifier(span)
  if has(span, "claim") then
    span.attributes.claim = span.identifier
    span.identifier = ""
    return span
  end
end

-- Headings of the document as a flat list: level, text, anchor.
local function headings(blocks)
  local found = pandoc.List()
  blocks:walk({
    Header = function(header)
      if header.level <= 2 and not has(header, "unlisted") then
        found:insert({ level = header.level, anchor = header.identifier,
          text = header.content:walk({ Span = without_identifier }) })
      end
    end,
  })
  return found
end

local function contents_html(div, listed)
  local chapters = pandoc.List()
  for _, entry in ipairs(listed) do
    local link = pandoc.Plain({ pandoc.Link(entry.text, "#" .. entry.anchor) })
    if entry.level == 1 or #chapters == 0 then
      chapters:insert(pandoc.List({ link }))
    else
      local chapter = chapters[#chapters]
      if #chapter == 1 then
        chapter:insert(pandoc.BulletList({}))
      end
      chapter[2].content:insert({ link })
    end
  end
  local heading = escape_html(pandoc.utils.stringify(div.content))
  return wrapped(pandoc.List({ pandoc.BulletList(chapters) }),
    '<nav class="contents" aria-label="' .. heading .. '"><p class="contents-heading">' .. heading .. "</p>",
    "</nav>", "html")
end

local function contents_word(div, listed)
  local result = pandoc.List({
    pandoc.Div(div.content, pandoc.Attr("", {}, { ["custom-style"] = "TOC Heading" })),
  })
  for _, entry in ipairs(listed) do
    local plain = entry.text:walk({ Span = function(span) return span.content end })
    result:insert(pandoc.Div({ pandoc.Para({ pandoc.Link(plain, "#" .. entry.anchor) }) },
      pandoc.Attr("", {}, { ["custom-style"] = "toc " .. entry.level })))
  end
  return result
end

local function contents(div, listed)
  if is_html then
    return contents_html(div, listed)
  elseif is_word then
    return contents_word(div, listed)
  end
  return pandoc.RawBlock("typst", "#contents(" .. typst_string(pandoc.utils.stringify(div.content)) .. ")")
end

local typst_blocks = { box = "boxed", source = "source-note", title = "report-title",
  subtitle = "report-subtitle", small = "small-print" }

local function block(div)
  for name, command in pairs(typst_blocks) do
    if is_typst and has(div, name) then
      return wrapped(div.content, "#" .. command .. "[", "]", "typst")
    end
  end
  if is_html and has(div, "title") then
    local inlines = pandoc.utils.blocks_to_inlines(div.content)
    return pandoc.Header(1, inlines, pandoc.Attr("", { "title" }))
  end
  if is_html and has(div, "box") then
    return wrapped(div.content, '<section class="box" role="note">', "</section>", "html")
  end
end

local function picture(image)
  if is_typst then
    local name = image.src:match("[^/\\]+$")
    local alt = image.attributes.alt or pandoc.utils.stringify(image.caption)
    return pandoc.RawInline("typst",
      "#image(" .. typst_string(name) .. ", width: 100%, alt: " .. typst_string(alt) .. ")")
  end
end

-- A row of one filled cell heads the rows below it and has the whole width.
local function spread_group_rows(element)
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do
      local rest = ""
      for place = 2, #row.cells do
        rest = rest .. pandoc.utils.stringify(row.cells[place].contents)
      end
      if rest == "" and #row.cells > 1 then
        row.cells[1].col_span = #row.cells
        row.cells = { row.cells[1] }
      end
    end
  end
end

-- Rows that are not worth a page break between them; Word keeps as many together.
local short_table = 7

local function number_of_rows(element)
  local count = 0
  for _, body in ipairs(element.bodies) do
    count = count + #body.body
  end
  return count
end

-- The first column names its row, for screen readers.
local function data_table(element)
  spread_group_rows(element)
  if is_typst and number_of_rows(element) <= short_table then
    return wrapped(pandoc.List({ element }), "#short-table[", "]", "typst")
  end
  if not is_html then
    return element
  end
  for _, row in ipairs(element.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.attr.attributes.scope = "col"
    end
  end
  local groups = pandoc.List()
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do
      local first = row.cells[1]
      local heads_group = #row.cells == 1 and first.col_span > 1
      first.attr.attributes.scope = heads_group and "rowgroup" or "row"
      if heads_group or #groups == 0 then
        groups:insert({ attr = pandoc.Attr(), head = {}, body = {}, row_head_columns = 1 })
      end
      local group = groups[#groups]
      table.insert(heads_group and group.head or group.body, row)
    end
  end
  element.bodies = groups
  -- On a phone a table of many columns scrolls in its frame instead of squeezing its words.
  element.attr.attributes.style = string.format("min-width: %.1frem", (#element.colspecs > 3 and 5.8 or 4.6) * #element.colspecs)
  -- The caption names the scrolling region; a copy of its text would be one more place for a number.
  local name = element.identifier .. "-caption"
  for _, block in ipairs(element.caption.long) do
    block.content = { pandoc.Span(block.content, pandoc.Attr(name)) }
  end
  return wrapped(pandoc.List({ element }),
    '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="' .. name .. '">', "</div>", "html")
end

-- A line of bold words alone introduces what follows and stays with it.
local function lead_in(paragraph)
  if is_typst and #paragraph.content == 1 and paragraph.content[1].t == "Strong" then
    return wrapped(pandoc.List({ paragraph }), "#lead-in[", "]", "typst")
  end
end

function Pandoc(document)
  local listed = headings(document.blocks)
  document.blocks = document.blocks:walk({
    Div = function(div)
      if has(div, "contents") then
        return contents(div, listed)
      end
      return block(div)
    end,
    Header = function(header)
      if is_html then
        header.level = header.level + 1
        return header
      end
    end,
    Table = data_table,
    Para = lead_in,
    Image = picture,
    Inlines = keep_relation_whole,
  })
  document.blocks = document.blocks:walk({
    Span = function(span)
      if has(span, "claim") then
        return claim(span)
      end
    end,
  })
  return document
end
