"use strict";
// Shows the picture that Python has laid out, and the claims behind what is chosen. Text from the data becomes
// text nodes and letters on the canvas, never markup; nothing is fetched.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const panel = document.getElementById("details");
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const bundles = new Map(data.edges.map((edge) => [edge.id, edge]));
  const root = document.documentElement;

  // Small elements -------------------------------------------------------------------------------------------
  const make = (tag, text, kind) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const own = (tag, text, kind) => {
    const element = make(tag, undefined, kind);
    element.append(make("bdi", text));
    return element;
  };
  // Letters written from right to left stay within their name.
  const closed = (text) => "\u2068" + text + "\u2069";
  const list = (pairs) => {
    const element = make("dl");
    for (const [key, value] of pairs) if (value) element.append(make("dt", words[key]), own("dd", value));
    return element;
  };

  // Light and dark -------------------------------------------------------------------------------------------
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  let dark = darkness.matches;
  const tone = (name) => data.tones[name][dark ? 1 : 0];
  const nodeLook = (node) => ({
    color: node.focus
      ? { background: tone("ink"), border: tone("ink"), highlight: { background: tone("ink"), border: tone("blue") } }
      : { background: tone(node.tone + "-pale"), border: tone(node.tone), highlight: { background: tone("paper"), border: tone("ink") } },
  });

  // The picture ----------------------------------------------------------------------------------------------
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node.vis, ...nodeLook(node) })));
  const picture = document.getElementById("picture");
  const network = new vis.Network(picture, { nodes, edges: [] }, data.options);
  const lines = data.edges.map((edge) => ({ ...edge, path: new Path2D(edge.path), hidden: false }));
  let chosen = "", pointed = "";
  const drawLine = (canvas, line, strong) => {
    canvas.strokeStyle = canvas.fillStyle = tone(strong ? "ink" : line.tone);
    canvas.lineWidth = strong ? 2.2 : 1.3;
    canvas.setLineDash(line.planned ? [5, 4] : []);
    canvas.stroke(line.path);
    if (!line.head) return;
    const [x, y, back] = line.head;
    canvas.beginPath();
    canvas.moveTo(x, y);
    canvas.lineTo(x + back, y - 3.4);
    canvas.lineTo(x + back, y + 3.4);
    canvas.fill();
  };
  // Panels, their names and the lines lie below the boxes; no line runs through a name.
  network.on("beforeDrawing", (canvas) => {
    const letters = 12 * network.getScale() >= data.least ? 12 : 0;
    canvas.font = "600 " + letters + "px " + data.fonts;
    canvas.setLineDash([]);
    for (const lane of data.panels) {
      canvas.fillStyle = tone("panel");
      canvas.beginPath();
      canvas.roundRect(lane.x, lane.y, lane.width, lane.height, 7);
      canvas.fill();
      canvas.fillStyle = tone(lane.tone);
      canvas.fillRect(lane.x, lane.y, lane.width, 3);
      if (letters) canvas.fillText(lane.name, lane.x + 9, lane.y + 20);
    }
    const strong = (line) => line.id === chosen || line.id === pointed;
    for (const line of lines) if (!line.hidden && !strong(line)) drawLine(canvas, line, false);
    for (const line of lines) if (!line.hidden && strong(line)) drawLine(canvas, line, true);
    canvas.setLineDash([]);
  });
  // Names and what is said below them; letters that would be too small to read are left out.
  let gone = new Set();
  network.on("afterDrawing", (canvas) => {
    const scale = network.getScale();
    for (const node of data.nodes) {
      if (gone.has(node.id)) continue;
      canvas.textAlign = node.focus ? "center" : "left";
      for (const [x, y, words, size, ink] of node.texts) {
        if (size * scale < data.least) continue;
        canvas.font = (node.focus ? "600 " : "") + size + "px " + data.fonts;
        canvas.fillStyle = tone(ink);
        canvas.fillText(words, x, y - 1);
      }
    }
    canvas.textAlign = "left";
  });
  const probe = document.createElement("canvas").getContext("2d");
  const lineAt = (at) => {
    const { x, y } = network.DOMtoCanvas(at);
    probe.lineWidth = 9 / network.getScale();
    const hit = lines.filter((line) => !line.hidden && probe.isPointInStroke(line.path, x, y));
    return hit.length ? hit[hit.length - 1].id : "";
  };
  const point = (id) => {
    if (id === pointed) return;
    pointed = id;
    picture.style.cursor = id ? "pointer" : "";
    network.redraw();
  };
  picture.addEventListener("mousemove", (event) => {
    const frame = picture.getBoundingClientRect();
    const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    point(network.getNodeAt(at) ? "" : lineAt(at));
  });
  picture.addEventListener("mouseleave", () => point(""));
  // What cannot be read as a whole begins at its middle, at a size at which it can; on a narrow sheet, right of it.
  const begin = () => {
    network.fit({ animation: false });
    const scale = 0.85;
    if (network.getScale() * 11 >= data.least || !data.nodes.length) return;
    const middle = network.getPosition(data.focus || data.nodes[0].id);
    const wide = picture.clientWidth / scale;
    const right = data.panels.map((lane) => lane.x + lane.width).filter((x) => x > middle.x);
    if (wide < 640 && right.length) middle.x = Math.min(...right) - wide / 2 + 8;
    network.moveTo({ position: middle, scale, animation: false });
  };
  network.once("afterDrawing", begin);
  const paintAll = () => {
    root.dataset.theme = dark ? "dark" : "light";
    nodes.update(data.nodes.map((node) => ({ id: node.id, ...nodeLook(node) })));
  };
  root.dataset.theme = dark ? "dark" : "light";
  document.getElementById("theme").addEventListener("click", () => { dark = !dark; paintAll(); });
  darkness.addEventListener("change", (event) => { dark = event.matches; paintAll(); });
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation: false }));

  // Who says so ----------------------------------------------------------------------------------------------
  const claimBox = (id) => {
    const claim = data.claims[id];
    const box = make("div", undefined, claim.accepted ? "claim" : "claim below");
    const head = make("div", undefined, "doc");
    if (/^https?:\/\//.test(claim.url || "")) {
      const link = own("a", claim.document);
      link.href = claim.url;
      link.rel = "noopener noreferrer";
      link.target = "_blank";
      head.append(link);
    } else head.append(make("bdi", claim.document));
    box.append(head, list(["publisher", "published", "grade", "place", "printed", "mode", "note", "claim"].map((key) => [key, claim[key]])));
    if (!claim.accepted) box.append(make("p", words.not_accepted, "kind"));
    return box;
  };
  const tieBox = (tie) => {
    const box = make("section");
    box.append(own("h3", tie.relation));
    box.append(list(["product", "stage", "quantity", "mode", "status", "since", "until"].map((key) => [key, tie[key]])));
    for (const id of tie.claims) box.append(claimBox(id));
    if (!tie.claims.length) box.append(make("p", words.no_claims, "kind"));
    return box;
  };
  const mark = (id) => {
    for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
    for (const row of document.querySelectorAll("tr[data-bundle]")) if (row.dataset.bundle === id) row.classList.add("chosen");
  };
  const showBundle = (id) => {
    const edge = bundles.get(id);
    panel.replaceChildren(own("p", closed(byId.get(edge.from).name) + " → " + closed(byId.get(edge.to).name), "who"), own("p", edge.kind, "kind"));
    for (const tie of edge.ties) panel.append(tieBox(tie));
    panel.scrollTop = 0;
    mark(id);
  };
  const showNode = (id) => {
    const node = byId.get(id);
    chosen = "";
    network.redraw();
    panel.replaceChildren(own("p", node.name, "who"), own("p", node.kind + " · " + id, "kind"));
    if (node.other) panel.append(own("p", node.other, "kind"));
    const around = data.edges.filter((edge) => edge.from === id || edge.to === id);
    const entries = make("div");
    for (const edge of around) {
      const entry = own("button", edge.kind + ": " + closed(byId.get(edge.from === id ? edge.to : edge.from).name));
      entry.type = "button";
      entry.addEventListener("click", () => choose(edge.id));
      const line = make("div");
      line.append(entry);
      entries.append(line);
    }
    panel.append(entries);
    panel.scrollTop = 0;
    mark("");
  };
  const choose = (id) => { chosen = id; network.unselectAll(); network.redraw(); showBundle(id); };
  network.on("click", (event) => {
    const line = event.nodes.length ? "" : lineAt(event.pointer.DOM);
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (line) choose(line);
  });
  document.querySelector(".ties").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-bundle]");
    if (button) { choose(button.dataset.bundle); panel.focus(); }
  });

  // Search ---------------------------------------------------------------------------------------------------
  const search = document.getElementById("search");
  const hits = document.getElementById("hits");
  const closeHits = () => { hits.hidden = true; search.setAttribute("aria-expanded", "false"); };
  const goTo = (id) => {
    closeHits();
    network.selectNodes([id]);
    network.focus(id, { scale: 1, animation: false });
    showNode(id);
    panel.focus();
  };
  search.addEventListener("input", () => {
    const asked = search.value.trim().toLocaleLowerCase();
    const found = asked ? data.nodes.filter((node) => (node.name + " " + (node.other || "") + " " + node.id).toLocaleLowerCase().includes(asked)) : [];
    hits.replaceChildren(...found.slice(0, 12).map((node) => {
      const entry = make("li");
      const button = own("button", node.name);
      button.type = "button";
      button.addEventListener("click", () => goTo(node.id));
      entry.append(button);
      return entry;
    }));
    if (asked) hits.append(make("li", words.hits.replace("{n}", String(found.length)), "kind"));
    hits.hidden = !asked;
    search.setAttribute("aria-expanded", String(Boolean(asked)));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeHits();
    if (event.key === "Enter") { const first = hits.querySelector("button"); if (first) first.click(); }
    if (event.key === "ArrowDown") { const first = hits.querySelector("button"); if (first) first.focus(); }
  });

  // What is shown --------------------------------------------------------------------------------------------
  const boxes = [...document.querySelectorAll("input[data-network], input[data-lane], #stated")];
  const filter = () => {
    const off = (name) => new Set(boxes.filter((box) => box.dataset[name] && !box.checked).map((box) => box.dataset[name]));
    const [networks, lanes] = [off("network"), off("lane")];
    const stated = document.getElementById("stated").checked;
    gone = new Set(data.nodes.filter((node) => lanes.has(node.lane)).map((node) => node.id));
    const hidden = new Map(data.edges.map((edge) => [
      edge.id, networks.has(edge.network) || gone.has(edge.from) || gone.has(edge.to) || (stated && edge.planned),
    ]));
    nodes.update(data.nodes.map((node) => ({ id: node.id, hidden: gone.has(node.id) })));
    for (const line of lines) line.hidden = hidden.get(line.id);
    network.redraw();
    for (const row of document.querySelectorAll("tr[data-bundle]")) row.hidden = hidden.get(row.dataset.bundle);
  };
  for (const box of boxes) box.addEventListener("change", filter);
  root.dataset.ready = "yes";
})();
