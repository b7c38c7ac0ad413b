// Buttons for two films that stand elsewhere on the page, kept in step: both go from 0 to 100 % of their own repetition.
// In: data {films: [{target, first_s, start_s, key_s, end_s}], jump: [number, percent | "key"], labels}. A jump with a new
// number is made once. Neither film ever runs faster than asked for: the shorter repetition runs slower.
const LARGEST_DRIFT_S = 0.08;

export default function ({ parentElement, data }) {
  const row = parentElement.querySelector(".row");
  const bar = parentElement.querySelector("input");
  const output = row.querySelector("output");
  const play = row.querySelector("[data-play]");
  const state = (row._state ??= { percent: 0, playing: false, rate: 0.5, jumped: null });
  const label = (button, words) => (button.querySelector("span").textContent = words);
  bar.setAttribute("aria-label", data.labels.bar);
  row.setAttribute("aria-label", data.labels.group);
  row.querySelector(".speeds").setAttribute("aria-label", data.labels.speed);
  label(row.querySelector('[data-to="start"]'), data.labels.start);
  label(row.querySelector('[data-to="key"]'), data.labels.key);

  const found = () =>
    data.films
      .map((film) => ({ ...film, video: document.querySelector(`.st-key-${film.target} video`) }))
      .filter((film) => film.video);
  const length = (film) => film.end_s - film.start_s;
  const longest = (films) => films.reduce((one, other) => (length(other) > length(one) ? other : one));
  // Into the middle of a picture's time, so that no rounding shows the one before.
  const at = (film, seconds) => Math.max(0, seconds - film.first_s + film.frame_s / 2);
  const time = (film) => at(film, film.start_s + (state.percent / 100) * length(film));

  const show = () => {
    bar.value = state.percent;
    const words = `${Math.round(state.percent)} %`;
    output.textContent = words;
    bar.setAttribute("aria-valuetext", words);
    play.dataset.playing = state.playing;
    label(play, state.playing ? data.labels.pause : data.labels.play);
    row.querySelectorAll("[data-rate]").forEach((button) => {
      button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === state.rate));
    });
  };
  const pause = () => {
    state.playing = false;
    found().forEach((film) => film.video.pause());
    show();
  };
  const go = (percent) => {
    pause();
    state.percent = Math.min(100, Math.max(0, percent));
    state.atKey = false;
    found().forEach((film) => (film.video.currentTime = time(film)));
    show();
  };
  const wanted = (film) => Math.min(state.atKey ? at(film, film.key_s) : time(film), film.video.duration);
  const goKey = () => {
    pause();
    const films = found();
    if (!films.length) return;
    state.atKey = true;
    films.forEach((film) => (film.video.currentTime = wanted(film)));
    const first = films[0];
    state.percent = (100 * (first.key_s - first.start_s)) / length(first);
    show();
  };
  const setRates = () => {
    const films = found();
    const most = Math.max(...films.map(length));
    films.forEach((film) => (film.video.playbackRate = Math.max(0.0625, (state.rate * length(film)) / most)));
  };
  const step = () => {
    if (!state.playing) return;
    const films = found();
    if (!films.length) return pause();
    const leader = longest(films);
    const spent = leader.video.currentTime - at(leader, leader.start_s);
    state.percent = Math.min(100, Math.max(0, (100 * spent) / length(leader)));
    if (state.percent >= 100 || leader.video.ended) return go(100);
    films.forEach((film) => {
      if (film !== leader && Math.abs(film.video.currentTime - time(film)) > LARGEST_DRIFT_S && !film.video.seeking) {
        film.video.currentTime = time(film);
      }
    });
    show();
    requestAnimationFrame(step);
  };
  const start = () => {
    if (!found().length) return;
    go(state.percent >= 99.5 ? 0 : state.percent);
    state.playing = true;
    setRates();
    Promise.all(found().map((film) => film.video.play())).then(() => requestAnimationFrame(step), pause);
    show();
  };

  play.onclick = () => (state.playing ? pause() : start());
  bar.oninput = () => go(Number(bar.value));
  row.querySelector('[data-to="start"]').onclick = () => go(0);
  row.querySelector('[data-to="key"]').onclick = goKey;
  row.querySelectorAll("[data-rate]").forEach((button) => {
    button.onclick = () => {
      state.rate = Number(button.dataset.rate);
      setRates();
      show();
    };
  });

  // This function runs anew whenever the page does; what an earlier run watches for is out of date.
  clearInterval(row._timer);
  // A film may come onto the page later than its buttons, and Streamlit may put another in its place.
  row._timer = setInterval(() => {
    const films = found();
    if (films.length < data.films.length || films.some((film) => film.video.readyState < 1)) return;
    const fresh = films.filter((film) => !film.video.dataset.duet);
    fresh.forEach(({ video }) => {
      video.dataset.duet = "1";
      video.muted = true;
      video.controls = false;
      video.onclick = () => play.onclick();
    });
    if (data.jump && state.jumped !== data.jump[0]) {
      state.jumped = data.jump[0];
      data.jump[1] === "key" ? goKey() : go(data.jump[1]);
    } else if (!state.playing) {
      // Streamlit may also load a film anew in its old place, which puts it back to its beginning.
      const off = (film) => Math.abs(film.video.currentTime - wanted(film));
      const strayed = films.filter((film) => !film.video.seeking && off(film) > film.frame_s);
      strayed.forEach((film) => (film.video.currentTime = wanted(film)));
    }
  }, 60);
  show();
  return () => {
    clearInterval(row._timer);
    state.playing = false;
  };
}
