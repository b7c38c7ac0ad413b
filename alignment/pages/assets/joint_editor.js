// A picture with handles on the joints, each to be dragged (mouse, touch, pen) or moved by arrow keys and buttons.
// In: data {token, image, film: [width, height], view: [x0, y0, x1, y1], handles: [{name, label, mark, at, model, placed}],
// bones: [[name, name]], moved: {name: [x, y]}, leg_px, labels}; all places in the film's pixels. A new token begins anew.
// Out: state "moved", the places of the handles that are not where they were.
const ZOOM = 3;
const NEAR_PX = 26;
const SVG = "http://www.w3.org/2000/svg";

export default function ({ parentElement, data, setStateValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const frame = find(".frame");
  const [clipped, magnified] = [find(".clip img"), find(".loupe img")];
  const [lines, loupe, output] = [find(".lines"), find(".loupe"), find("output")];
  const [width, height] = data.film;
  const labels = data.labels;
  if (frame._state?.token !== data.token) {
    frame._state = { token: data.token, moved: { ...data.moved }, history: [], selected: null, whole: false };
    find(".handles").replaceChildren(...data.handles.map(newHandle));
  }
  const state = frame._state;
  frame.dataset.token = data.token;
  const handles = [...frame.querySelectorAll(".handle")];
  const about = Object.fromEntries(data.handles.map((handle) => [handle.name, handle]));

  for (const image of [clipped, magnified]) if (image.src !== data.image) image.src = data.image;
  clipped.alt = labels.image;
  find(".hint").textContent = labels.hint;
  find(".row").setAttribute("aria-label", labels.group);
  find(".steps").setAttribute("aria-label", labels.steps);
  const toDo = (name) => find(`[data-do="${name}"]`);
  for (const name of ["undo", "model", "reset"]) toDo(name).textContent = labels[name];

  const view = () => (state.whole ? [0, 0, width, height] : data.view);
  const place = (name) => state.moved[name] ?? about[name].at;
  const scale = () => frame.getBoundingClientRect().width / (view()[2] - view()[0]);
  const within = ([x, y]) => [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
  const same = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]) < 0.05;

  function newHandle({ name, mark, model }) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.dataset.name = name;
    handle.dataset.seen = String(model !== null);
    if (mark) handle.appendChild(document.createElement("b")).textContent = mark;
    return handle;
  }

  function stroke(kind, from, to) {
    const line = document.createElementNS(SVG, "line");
    line.setAttribute("class", kind);
    [["x1", from[0]], ["y1", from[1]], ["x2", to[0]], ["y2", to[1]]].forEach(([key, value]) => line.setAttribute(key, value));
    return line;
  }

  // The distance to where the model has it; null where the model did not see it.
  const way = (name) => {
    const model = about[name].model;
    const [x, y] = place(name);
    return model && Math.hypot(x - model[0], y - model[1]);
  };
  const words = (name) => {
    const distance = way(name);
    if (distance === null) return labels[same(place(name), about[name].at) && !about[name].placed ? "unseen" : "placed"];
    if (distance < 0.5) return labels.asModel;
    const percent = data.leg_px ? labels.percent.replace("{percent}", ((100 * distance) / data.leg_px).toFixed(1)) : "";
    return labels.moved.replace("{px}", distance.toFixed(0)).replace("{percent}", percent);
  };

  const draw = () => {
    const [x0, y0, x1, y1] = view();
    const [across, down] = [x1 - x0, y1 - y0];
    frame.style.aspectRatio = `${across} / ${down}`;
    frame.style.width = `min(100%, calc(70vh * ${across / down}))`;
    clipped.style.width = `${(100 * width) / across}%`;
    clipped.style.height = `${(100 * height) / down}%`;
    clipped.style.left = `${(-100 * x0) / across}%`;
    clipped.style.top = `${(-100 * y0) / down}%`;
    lines.setAttribute("viewBox", `${x0} ${y0} ${across} ${down}`);
    const bones = data.bones.filter(([one, other]) => about[one] && about[other]);
    const moved = Object.keys(state.moved).filter((name) => about[name]);
    lines.replaceChildren(
      ...bones.map(([one, other]) => stroke("bone-casing", place(one), place(other))),
      ...bones.map(([one, other]) => stroke("bone", place(one), place(other))),
      ...data.handles.filter(({ name, model }) => model && way(name) > 0.5).map(({ name, model }) => stroke("way", model, place(name))),
    );
    handles.forEach((handle) => {
      const name = handle.dataset.name;
      const [x, y] = place(name);
      handle.style.left = `${(100 * (x - x0)) / across}%`;
      handle.style.top = `${(100 * (y - y0)) / down}%`;
      const out = x < x0 || x > x1 || y < y0 || y > y1;
      handle.style.display = out ? "none" : "";
      const { model, at, placed } = about[name];
      handle.dataset.moved = String((placed && !model) || !same(place(name), model ?? at));
      handle.setAttribute("aria-pressed", String(state.selected === name));
      handle.setAttribute("aria-label", `${about[name].label}: ${words(name)}`);
      handle.style.zIndex = state.selected === name ? 1 : 0;
    });
    const name = state.selected;
    output.textContent = name ? `${about[name].label}: ${words(name)}` : labels.none;
    parentElement.querySelectorAll("[data-step]").forEach((button) => (button.disabled = !name));
    toDo("undo").disabled = !state.history.length;
    toDo("model").disabled = !name || !about[name].model || way(name) < 0.05;
    toDo("model").hidden = !data.handles.some(({ model }) => model);
    toDo("reset").disabled = !moved.length;
    toDo("view").textContent = state.whole ? labels.close : labels.whole;
    toDo("view").hidden = data.view[0] <= 0 && data.view[1] <= 0 && data.view[2] >= width && data.view[3] >= height;
  };

  const magnify = (name) => {
    loupe.hidden = !name;
    if (!name) return;
    const box = frame.getBoundingClientRect();
    const [x0, y0] = view();
    const [x, y] = place(name);
    const factor = scale();
    const size = loupe.offsetWidth;
    const [left, top] = [(x - x0) * factor, (y - y0) * factor];
    // Above the finger; beside it where there is no room.
    const above = top - size - 34;
    loupe.style.top = `${above > -60 ? above : top - size / 2}px`;
    const beside = left > box.width / 2 ? left - size - 46 : left + 46;
    const centred = Math.min(box.width - size, Math.max(0, left - size / 2));
    loupe.style.left = `${above > -60 ? centred : beside}px`;
    const inner = size - 6;
    magnified.style.width = `${width * factor * ZOOM}px`;
    magnified.style.height = `${height * factor * ZOOM}px`;
    magnified.style.left = `${inner / 2 - x * factor * ZOOM}px`;
    magnified.style.top = `${inner / 2 - y * factor * ZOOM}px`;
  };

  const tell = () => {
    const rounded = ([x, y]) => [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
    setStateValue("moved", Object.fromEntries(Object.entries(state.moved).map(([name, at]) => [name, rounded(at)])));
  };
  // Steps are told when they pause, at the latest when something else is turned to.
  const later = () => {
    clearTimeout(frame._later);
    frame._later = setTimeout(tellNow, 450);
  };
  const tellNow = () => {
    clearTimeout(frame._later);
    frame._later = null;
    tell();
  };
  const put = (name, at) => {
    const to = within(at);
    if (same(to, about[name].at)) delete state.moved[name];
    else state.moved[name] = to;
    draw();
  };
  // What is undone: the handle and where it was, or where all were.
  const remember = (name, before, kind) => {
    const last = state.history.at(-1);
    const now = performance.now();
    if (kind === "step" && last?.kind === "step" && last.name === name && now - last.time < 900) last.time = now;
    else state.history.push({ name, before, kind, time: now });
  };
  const select = (name) => {
    state.selected = name;
    draw();
  };
  const step = (name, across, down) => {
    const before = { ...state.moved };
    const [x, y] = place(name);
    put(name, [x + across, y + down]);
    remember(name, before, "step");
    draw();
    magnify(name);
    clearTimeout(frame._hide);
    frame._hide = setTimeout(() => magnify(null), 1500);
    later();
  };
  const undo = () => {
    const last = state.history.pop();
    if (!last) return;
    state.moved = last.before;
    draw();
    tell();
  };

  const nearest = (event) => {
    const away = handles
      .filter((handle) => handle.style.display !== "none")
      .map((handle) => {
        const box = handle.getBoundingClientRect();
        return [Math.hypot(event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2), handle];
      })
      .sort((one, other) => one[0] - other[0])[0];
    return away && away[0] <= NEAR_PX ? away[1].dataset.name : null;
  };
  frame.onpointerdown = (event) => {
    // Of several handles that lie over each other the nearest one is meant, whichever is on top.
    const name = event.button > 0 ? null : nearest(event);
    // A second finger does not take over.
    if (!name || frame.onpointermove) return;
    event.preventDefault();
    const before = { ...state.moved };
    const from = [event.clientX, event.clientY];
    const at = place(name);
    select(name);
    handles.find((handle) => handle.dataset.name === name).focus({ preventScroll: true });
    clearTimeout(frame._later);
    clearTimeout(frame._hide);
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("dragging");
    magnify(name);
    let dragged = false;
    frame.onpointermove = (move) => {
      if (move.pointerId !== event.pointerId) return;
      const factor = scale();
      dragged ||= Math.hypot(move.clientX - from[0], move.clientY - from[1]) > 2;
      // The handle keeps its distance from the finger, so that taking hold of it moves nothing.
      if (dragged) put(name, [at[0] + (move.clientX - from[0]) / factor, at[1] + (move.clientY - from[1]) / factor]);
      magnify(name);
    };
    const end = (kept) => {
      frame.onpointermove = frame.onpointerup = frame.onpointercancel = null;
      frame.classList.remove("dragging");
      magnify(null);
      if (!kept) state.moved = before;
      else if (dragged) remember(name, before, "drag");
      draw();
      if (dragged) tell();
    };
    frame.onpointerup = () => end(true);
    frame.onpointercancel = () => end(false);
  };
  handles.forEach((handle) => {
    const name = handle.dataset.name;
    handle.onfocus = () => select(name);
    handle.onblur = () => {
      magnify(null);
      if (frame._later) tellNow();
    };
    handle.onkeydown = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        return undo();
      }
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const pixels = event.shiftKey ? 10 : 1;
      step(name, way[0] * pixels, way[1] * pixels);
    };
  });
  parentElement.querySelectorAll("[data-step]").forEach((button, i) => {
    button.setAttribute("aria-label", labels.directions[i]);
    button.onclick = (event) => {
      const pixels = event.shiftKey ? 10 : 1;
      const [across, down] = button.dataset.step.split(",").map(Number);
      step(state.selected, across * pixels, down * pixels);
    };
  });
  toDo("undo").onclick = undo;
  toDo("model").onclick = () => {
    remember(state.selected, { ...state.moved }, "model");
    put(state.selected, about[state.selected].model);
    tell();
  };
  toDo("reset").onclick = () => {
    remember(null, { ...state.moved }, "reset");
    state.moved = {};
    draw();
    tell();
  };
  toDo("view").onclick = () => {
    state.whole = !state.whole;
    draw();
  };
  draw();
}
