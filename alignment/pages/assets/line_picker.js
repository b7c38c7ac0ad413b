// A picture on which a line is drawn: by dragging from end to end, by dragging an end, or by an end's arrow keys.
// In: data {image, line: [x0, y0, x1, y1] | null, labels}. Out: state "line" in shares of the picture's width and height.
export default function ({ parentElement, data, setStateValue }) {
  const frame = parentElement.querySelector(".frame");
  const image = frame.querySelector("img");
  const ends = [...frame.querySelectorAll(".end")];
  const strokes = [...frame.querySelectorAll("line")];
  if (image.src !== data.image) {
    image.src = data.image;
    frame._line = data.line;
  }
  image.alt = data.labels.image;
  parentElement.querySelector(".hint").textContent = data.labels.hint;
  ends.forEach((end, i) => end.setAttribute("aria-label", data.labels.ends[i]));

  const draw = () => {
    const line = frame._line;
    ends.forEach((end, i) => {
      end.classList.toggle("hidden", !line);
      if (line) {
        end.style.left = `${100 * line[2 * i]}%`;
        end.style.top = `${100 * line[2 * i + 1]}%`;
      }
    });
    strokes.forEach((stroke) => {
      stroke.classList.toggle("hidden", !line);
      if (line) {
        ["x1", "y1", "x2", "y2"].forEach((name, i) => stroke.setAttribute(name, `${100 * line[i]}%`));
      }
    });
  };
  const tell = () => setStateValue("line", frame._line.map((share) => Math.round(share * 1e5) / 1e5));
  const place = (event) => {
    const box = image.getBoundingClientRect();
    const within = (share) => Math.min(1, Math.max(0, share));
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  };

  frame.onpointerdown = (event) => {
    event.preventDefault();
    const end = ends.indexOf(event.target);
    const [x, y] = place(event);
    let moved = end < 0 ? 1 : end;
    if (end < 0) {
      frame._line = [x, y, x, y];
    } else {
      ends[end].focus();
    }
    frame.setPointerCapture(event.pointerId);
    frame.onpointermove = (move) => {
      frame._line.splice(2 * moved, 2, ...place(move));
      draw();
    };
    frame.onpointerup = frame.onpointercancel = () => {
      frame.onpointermove = frame.onpointerup = frame.onpointercancel = null;
      draw();
      tell();
    };
  };
  ends.forEach((end, i) => {
    end.onkeydown = (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const box = image.getBoundingClientRect();
      const pixels = event.shiftKey ? 10 : 1;
      frame._line[2 * i] += (step[0] * pixels) / box.width;
      frame._line[2 * i + 1] += (step[1] * pixels) / box.height;
      draw();
      clearTimeout(frame._later);
      frame._later = setTimeout(tell, 500);
    };
  });
  draw();
}
