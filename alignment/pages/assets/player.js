// Buttons for a film that stands elsewhere on the page, and the way to move it to a moment exactly.
// In: data {target, jump: [number, seconds] | null, offset_s, frame_s, labels}. A jump with a new number is made once.
export default function ({ parentElement, data }) {
  const film = () => document.querySelector(`.st-key-${data.target} video`);
  const row = parentElement.querySelector(".row");
  const output = row.querySelector("output");
  const play = row.querySelector("[data-play]");
  const bar = parentElement.querySelector("input");
  const events = ["timeupdate", "seeked", "play", "pause", "ratechange", "loadedmetadata"];
  bar.setAttribute("aria-label", data.labels.bar);
  row.querySelector("[data-full]").setAttribute("aria-label", data.labels.full);
  row.setAttribute("aria-label", data.labels.group);
  row.querySelector(".speeds").setAttribute("aria-label", data.labels.speed);

  const show = () => {
    const video = film();
    if (!video) return;
    const now = `${(video.currentTime + data.offset_s).toFixed(2)} s`;
    output.textContent = now;
    bar.max = video.duration || 1;
    bar.value = video.currentTime;
    bar.setAttribute("aria-valuetext", now);
    play.dataset.playing = String(!video.paused);
    play.setAttribute("aria-label", video.paused ? data.labels.play : data.labels.pause);
    row.querySelectorAll("[data-rate]").forEach((button) => {
      button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === video.playbackRate));
    });
  };
  const go = (seconds) => {
    const video = film();
    video.pause();
    video.currentTime = Math.max(0, seconds);
  };

  row.querySelectorAll("[data-step]").forEach((button) => {
    const step = Number(button.dataset.step);
    button.setAttribute("aria-label", step < 0 ? data.labels.back : data.labels.on);
    button.onclick = () => film() && go(film().currentTime + step * data.frame_s);
  });
  row.querySelectorAll("[data-rate]").forEach((button) => {
    button.onclick = () => {
      const video = film();
      if (video) video.playbackRate = Number(button.dataset.rate);
    };
  });
  play.onclick = () => {
    const video = film();
    if (video) video.paused ? video.play() : video.pause();
  };

  bar.oninput = () => film() && go(Number(bar.value));
  row.querySelector("[data-full]").onclick = () => film()?.requestFullscreen();

  // The film may come onto the page later than its buttons.
  let tries = 0;
  const timer = setInterval(() => {
    const video = film();
    if (!video && ++tries < 200) return;
    clearInterval(timer);
    if (!video) return;
    events.forEach((name) => video.addEventListener(name, show));
    video.muted = true;
    // The browser's own buttons would lie over the strip under the picture.
    video.controls = false;
    video.onclick = () => play.onclick();
    if (data.jump && row.dataset.jumped !== String(data.jump[0])) {
      row.dataset.jumped = String(data.jump[0]);
      // Into the middle of the picture's time, so that no rounding shows the one before.
      go(data.jump[1] + data.frame_s / 2);
    }
    show();
  }, 50);
  return () => {
    clearInterval(timer);
    const video = film();
    events.forEach((name) => video?.removeEventListener(name, show));
  };
}
