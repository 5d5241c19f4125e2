// Moves sliders as a hand would, in the page that is measured: for `cargo xtask bench`.
(() => {
  "use strict";

  const sliders = () => [...document.querySelectorAll("input[type=range]")].filter((slider) => !slider.disabled);
  const nameOf = (slider) => slider.getAttribute("aria-label") || slider.id;
  const nextFrame = () => new Promise((go) => requestAnimationFrame(go));

  const move = (slider, position) => {
    slider.value = String(position);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A slider's way in so many events: from where it stands to its end, to its other end, and back.
  const way = (slider, events) => {
    const [least, most, from] = [Number(slider.min), Number(slider.max), Number(slider.value)];
    const corners = [from, most, least, from];
    const stops = [];
    for (let n = 1; n <= events; n++) {
      const part = (n / events) * 3;
      const leg = Math.min(Math.floor(part), 2);
      const exact = corners[leg] + (part - leg) * (corners[leg + 1] - corners[leg]);
      let stop = Math.round(exact);
      // An event that changes nothing would measure nothing.
      if (stop === (stops.at(-1) ?? from)) stop += stop < most ? 1 : -1;
      stops.push(stop);
    }
    stops[events - 1] = from;
    return stops;
  };

  // A hand that goes anywhere, the same way each time.
  const hand = () => {
    let state = 20261017;
    const draw = (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let [slider, left, step] = [undefined, 0, 0];
    return (all) => {
      if (left === 0) {
        slider = all[draw(all.length)];
        left = 5 + draw(25);
        const to = Number(slider.min) + draw(Number(slider.max) - Number(slider.min) + 1);
        step = (to - Number(slider.value)) / left || 1;
      }
      left -= 1;
      const before = Number(slider.value);
      const wanted = before + (Math.abs(step) < 1 ? Math.sign(step) : Math.round(step));
      if (wanted < Number(slider.min) || wanted > Number(slider.max)) step = -step;
      return [slider, Math.min(Math.max(wanted, Number(slider.min)), Number(slider.max))];
    };
  };

  window.drag = {
    // How many sliders there are.
    count: () => sliders().length,

    // Each slider on its way, an event a frame. Each event is marked in the trace by the slider's name.
    inTurn: async (events) => {
      for (const slider of sliders()) {
        for (const stop of way(slider, events)) {
          await nextFrame();
          console.timeStamp(nameOf(slider));
          move(slider, stop);
        }
      }
      await nextFrame();
      await nextFrame();
    },

    // All sliders anywhere, an event a frame.
    anywhere: async (ms) => {
      const next = hand();
      const began = performance.now();
      while (performance.now() - began < ms) {
        await nextFrame();
        const [slider, position] = next(sliders());
        console.timeStamp(nameOf(slider));
        move(slider, position);
      }
      await nextFrame();
    },

    // So many events as fast as they go, each a task of its own; at the end all is as it was.
    quickly: async (events) => {
      const turn = new MessageChannel();
      const nextTask = () =>
        new Promise((go) => {
          turn.port1.onmessage = go;
          turn.port2.postMessage(0);
        });
      const all = sliders();
      let left = events;
      while (left > 0) {
        for (const slider of all) {
          for (const stop of way(slider, 20)) {
            move(slider, stop);
            await nextTask();
            left -= 1;
          }
        }
      }
      await nextFrame();
      await nextFrame();
      turn.port1.close();
      return events - left;
    },

    // What each event changes in the document: how many elements come, texts and attributes change, and where.
    mutations: async (events) => {
      const totals = { events: 0, added: 0, removed: 0, texts: 0, attributes: 0 };
      const places = new Map();
      const placeOf = (node) => {
        const element = node.nodeType === 1 ? node : node.parentElement;
        const place = element?.closest("[id],[class],table,section,figure,select");
        return place ? place.tagName.toLowerCase() + (place.id ? `#${place.id}` : place.className ? `.${place.className}` : "") : "gone";
      };
      const sizeOf = (nodes) => [...nodes].reduce((sum, node) => sum + 1 + (node.querySelectorAll?.("*").length ?? 0), 0);
      const observer = new MutationObserver((records) => {
        for (const record of records) {
          const size = record.type === "childList" ? sizeOf(record.addedNodes) + sizeOf(record.removedNodes) : 1;
          if (record.type === "characterData") totals.texts += 1;
          else if (record.type === "attributes") totals.attributes += 1;
          totals.added += sizeOf(record.addedNodes);
          totals.removed += sizeOf(record.removedNodes);
          const place = placeOf(record.target) + (record.attributeName ? ` ${record.attributeName}` : "");
          places.set(place, (places.get(place) ?? 0) + size);
        }
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      for (const slider of sliders()) {
        for (const stop of way(slider, events)) {
          await nextFrame();
          totals.events += 1;
          move(slider, stop);
        }
      }
      await nextFrame();
      observer.disconnect();
      const most = [...places].sort((a, b) => b[1] - a[1]).slice(0, 14);
      return { ...totals, places: most };
    },

    // What each event asks of the browser: how often each function is called, and how long the chart is drawn.
    calls: async (events) => {
      const counts = new Map();
      const undo = [];
      let [drawn, first, last] = [0, 0, 0];
      const watch = (owner, name, kind) => {
        const before = Object.getOwnPropertyDescriptor(owner.prototype, name);
        if (typeof before?.[kind] !== "function" || !before.configurable) return;
        const [label, canvas] = [`${owner.name}.${name}`, owner.name === "CanvasRenderingContext2D"];
        const watched = function (...all) {
          counts.set(label, (counts.get(label) ?? 0) + 1);
          if (canvas) last = performance.now();
          if (canvas && first === 0) first = last;
          return before[kind].apply(this, all);
        };
        Object.defineProperty(owner.prototype, name, { ...before, [kind]: watched });
        undo.push(() => Object.defineProperty(owner.prototype, name, before));
      };
      const owners = [Node, Element, HTMLElement, CharacterData, DOMTokenList, Document, HTMLInputElement];
      owners.push(HTMLOptionElement, HTMLSelectElement, CSSStyleDeclaration, CanvasRenderingContext2D, EventTarget, Storage);
      for (const owner of owners) {
        for (const name of Object.getOwnPropertyNames(owner.prototype)) {
          if (name === "constructor") continue;
          watch(owner, name, "value");
          watch(owner, name, "set");
        }
      }
      const style = window.getComputedStyle;
      window.getComputedStyle = (...all) => {
        counts.set("getComputedStyle", (counts.get("getComputedStyle") ?? 0) + 1);
        return style.apply(window, all);
      };
      let count = 0;
      for (const slider of sliders()) {
        for (const stop of way(slider, events)) {
          await nextFrame();
          drawn += last - first;
          [first, last] = [0, 0];
          count += 1;
          move(slider, stop);
        }
      }
      await nextFrame();
      for (const one of undo) one();
      window.getComputedStyle = style;
      const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 25);
      return { events: count, chart: drawn / count, calls: most };
    },

    // How long a loop of known size takes: the middle of several, once the browser has compiled it.
    reference: () => {
      const times = [];
      for (let run = 0; run < 27; run++) {
        const began = performance.now();
        let state = run;
        for (let n = 0; n < 5_000_000; n++) state = (Math.imul(state, 1664525) + 1013904223) | 0;
        window.unused = state;
        times.push(performance.now() - began);
      }
      return times.slice(-9).sort((a, b) => a - b)[4];
    },
  };
})();
