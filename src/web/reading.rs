//! Files are read beside the page: in a worker that runs the same program once more, or, where a worker is refused, here in
//! short slices. What is read goes nowhere else.

use js_sys::{Array, Date, Reflect, Uint8Array};
use plimsoll_formats::scenario;
use plimsoll_model::{inputs::Inputs, prices::PriceBook};
use plimsoll_readers::{Choice, Choices, Kind, Reader, Told, bills::Summary};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, HtmlScriptElement, MessageEvent,
    ReadableStreamDefaultReader, Url, Worker,
};

/// Bytes that a worker reads at once.
const PIECE: f64 = 1_048_576.0;
/// Bytes that the page reads at once: a slice of less than 10 ms.
const SLICE: f64 = 65_536.0;
/// How many parts of a bill are listed by themselves.
const LISTED: usize = 100;
/// How long a worker may take to start, before the page reads by itself.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(4);

/// A file by its name.
#[derive(Clone)]
pub struct Part {
    /// How it is called in messages.
    pub name: String,
    /// What is in it.
    pub blob: Blob,
}

impl Part {
    /// A file of a text.
    pub fn of_text(name: &str, text: &str) -> Option<Self> {
        let parts = Array::of1(&JsValue::from_str(text));
        let blob = Blob::new_with_str_sequence(&parts).ok()?;
        Some(Self {
            name: name.to_owned(),
            blob,
        })
    }
}

/// What files come to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The inputs with what files have in them; none where they have nothing.
    pub inputs: Option<Inputs>,
    /// What vendors billed.
    pub bill: Summary,
    /// All that is to be said of them.
    pub told: Vec<Told>,
}

const KINDS: [Kind; 4] = [Kind::Wrong, Kind::Understood, Kind::Assumed, Kind::LeftOut];

/// Texts as they are sent.
fn texts<'a>(all: impl Iterator<Item = &'a str>) -> Array {
    all.map(JsValue::from_str).collect()
}

/// A text that was sent in a list.
fn text(list: &Array, n: u32) -> String {
    list.get(n).as_string().unwrap_or_default()
}

impl Outcome {
    /// As it is sent: the inputs, the bill, then a list of texts for each sentence: kind, file, line, the sentence, and its choice.
    fn sent(&self) -> Array {
        let inputs = self.inputs.as_ref().map_or(JsValue::NULL, |inputs| {
            JsValue::from_str(&scenario::write_changes(inputs).to_string())
        });
        let bill = JsValue::from_str(&self.bill.write());
        let all = Array::of2(&inputs, &bill);
        for told in &self.told {
            let kind = KINDS
                .iter()
                .position(|kind| *kind == told.kind)
                .unwrap_or(0);
            let (kind, line) = (kind.to_string(), told.at.1.to_string());
            let mut list = vec![kind.as_str(), &told.at.0, &line, &told.text];
            if let Some(choice) = &told.choice {
                list.extend([choice.id.as_str(), &choice.taken]);
                let options = choice.options.iter();
                list.extend(options.flat_map(|(name, words)| [name.as_str(), words]));
            }
            all.push(&texts(list.into_iter()));
        }
        all
    }

    fn received(all: &Array) -> Self {
        let inputs = all.get(0).as_string();
        let told = (2..all.length()).map(|n| {
            let list: Array = all.get(n).unchecked_into();
            let kind = text(&list, 0)
                .parse()
                .ok()
                .and_then(|n: usize| KINDS.get(n).copied());
            let options = (6..list.length()).step_by(2);
            Told {
                kind: kind.unwrap_or(Kind::Wrong),
                at: (text(&list, 1), text(&list, 2).parse().unwrap_or(1)),
                text: text(&list, 3),
                choice: (list.length() > 4).then(|| Choice {
                    id: text(&list, 4),
                    taken: text(&list, 5),
                    options: options
                        .map(|n| (text(&list, n), text(&list, n + 1)))
                        .collect(),
                }),
            }
        });
        Self {
            inputs: inputs.map(|text| scenario::read(&text).0),
            bill: Summary::read(&text(all, 1)),
            told: told.collect(),
        }
    }
}

/// What is to be read, and onto what.
#[derive(Clone)]
struct Wish {
    parts: Vec<Part>,
    choices: Choices,
    now: Inputs,
}

/// How far this computer's clock is ahead of UTC, seconds, at a time in seconds since 1970.
fn zone(utc: i64) -> i64 {
    let date = Date::new(&JsValue::from_f64(utc as f64 * 1e3));
    -(date.get_timezone_offset() as i64) * 60
}

/// What is told instead of a share where a file can't be read: WebKit has the page's files in no worker of a page on a disk.
const UNREADABLE: f64 = f64::NAN;

/// How a file begins that is packed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// What a browser says that has no way to unpack a file, or a file that can't be unpacked to its end.
const PACKED: &str =
    "it can\u{2019}t be unpacked to its end; unpack it yourself, or export it again";

/// Bytes of a part of a file; none where it can't be read any more.
async fn bytes(blob: &Blob, from: f64, to: f64) -> Option<Vec<u8>> {
    let slice = blob.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The pieces of a file, unpacked by the browser where it is packed.
struct Pieces {
    blob: Blob,
    from: f64,
    size: f64,
    unpacked: Option<ReadableStreamDefaultReader>,
    /// How long it is once it is unpacked, as it says itself: up to 4 GiB.
    length: f64,
}

/// Why there is no further piece.
enum Stopped {
    Unreadable,
    Packed,
}

/// The browser's own `DecompressionStream`, of which its bindings know nothing yet.
fn unpacking() -> Result<JsValue, JsValue> {
    let name = JsValue::from_str("DecompressionStream");
    let class: js_sys::Function = Reflect::get(&js_sys::global(), &name)?.dyn_into()?;
    Reflect::construct(&class, &Array::of1(&JsValue::from_str("gzip")))
}

impl Pieces {
    async fn of(blob: &Blob) -> Result<Self, Stopped> {
        let size = blob.size();
        let head = bytes(blob, 0.0, 2.0).await.ok_or(Stopped::Unreadable)?;
        let mut pieces = Self {
            blob: blob.clone(),
            from: 0.0,
            size,
            unpacked: None,
            length: size,
        };
        if head == GZIP {
            let end = bytes(blob, (size - 4.0).max(0.0), size).await;
            let end = end
                .and_then(|end| end.try_into().ok())
                .map(u32::from_le_bytes);
            pieces.length = f64::from(end.unwrap_or(0)).max(size);
            let unpacking = unpacking().map_err(|_| Stopped::Packed)?;
            let stream = blob.stream().pipe_through(unpacking.unchecked_ref());
            pieces.unpacked = Some(stream.get_reader().unchecked_into());
        }
        Ok(pieces)
    }

    /// The next bytes, at most about so many where it is not packed; none at the end.
    async fn next(&mut self, piece: f64) -> Result<Option<Vec<u8>>, Stopped> {
        let Some(reader) = &self.unpacked else {
            if self.from >= self.size {
                return Ok(None);
            }
            let read = bytes(&self.blob, self.from, self.from + piece).await;
            self.from = (self.from + piece).min(self.size);
            return read.map(Some).ok_or(Stopped::Unreadable);
        };
        let part = JsFuture::from(reader.read()).await;
        let part = part.map_err(|_| Stopped::Packed)?;
        let value = Reflect::get(&part, &JsValue::from_str("value"));
        let Some(value) = value.ok().filter(|value| !value.is_undefined()) else {
            return Ok(None);
        };
        let read = Uint8Array::new(&value).to_vec();
        self.from += read.len() as f64;
        Ok(Some(read))
    }

    /// Which share is read.
    fn share(&self) -> f64 {
        (self.from / self.length.max(1.0)).min(1.0)
    }
}

/// Reads files piece by piece. `goes_on` hears which share is read, and says whether anybody still waits.
async fn read(wish: &Wish, piece: f64, goes_on: &dyn Fn(f64) -> bool) -> Option<Outcome> {
    let mut reader = Reader::new(wish.choices.clone(), Some(zone));
    let all: f64 = wish.parts.iter().map(|part| part.blob.size()).sum();
    let mut before = 0.0;
    for part in &wish.parts {
        reader.open(&part.name);
        let size = part.blob.size();
        match read_one(&mut reader, &part.blob, piece, &|share| {
            goes_on((before + share * size) / all.max(1.0))
        })
        .await
        {
            Ok(true) => {}
            Ok(false) => return None,
            Err(Stopped::Packed) => reader.fail(PACKED),
            Err(Stopped::Unreadable) => {
                if !goes_on(UNREADABLE) {
                    return None;
                }
                reader.fail("the browser can\u{2019}t read it any more; pick it again");
            }
        }
        reader.close();
        before += size;
    }
    let mut reading = reader.finish();
    let inputs = (!reading.is_empty()).then(|| reading.onto(&wish.now));
    let bill = reading.bill.summary(&PriceBook::bundled(), LISTED);
    Some(Outcome {
        inputs,
        bill,
        told: reading.told,
    })
}

/// Reads one file as far as is needed. Whether anybody still waits.
async fn read_one(
    reader: &mut Reader,
    blob: &Blob,
    piece: f64,
    goes_on: &dyn Fn(f64) -> bool,
) -> Result<bool, Stopped> {
    let mut pieces = Pieces::of(blob).await?;
    while let Some(read) = pieces.next(piece).await? {
        for part in read.chunks(piece as usize) {
            let needs_more = reader.push(part);
            if !goes_on(pieces.share()) {
                return Ok(false);
            }
            if !needs_more {
                return Ok(true);
            }
            // What the browser has unpacked already comes without a pause.
            if pieces.unpacked.is_some() && piece < PIECE {
                let _ = bytes(blob, 0.0, 1.0).await;
            }
        }
    }
    Ok(true)
}

/// Which progress is worth telling: a file comes in thousands of pieces, and a per cent is what anybody sees.
struct Steps(Cell<f64>);

impl Steps {
    /// The first is told at once: it says that somebody reads.
    fn begin() -> Self {
        Self(Cell::new(-1.0))
    }

    fn is_next(&self, share: f64) -> bool {
        let is_next =
            share.is_nan() || share < self.0.get() || share >= self.0.get() + 0.01 || share >= 1.0;
        if is_next {
            self.0.set(share);
        }
        is_next
    }
}

/// Whether this is the program in a worker.
pub fn is_worker() -> bool {
    web_sys::window().is_none()
}

/// Reads what the page sends, and answers: the worker's part.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answering = scope.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = answering.clone();
        let wish = Wish::received(&event.data().unchecked_into());
        spawn_local(async move {
            let told = scope.clone();
            let steps = Steps::begin();
            let tell = move |share: f64| {
                let is_told =
                    !steps.is_next(share) || told.post_message(&JsValue::from_f64(share)).is_ok();
                is_told && !share.is_nan()
            };
            if let Some(outcome) = read(&wish, PIECE, &tell).await {
                let _ = scope.post_message(&outcome.sent());
            }
        });
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // As long as the worker is there.
    heard.forget();
    let _ = scope.post_message(&JsValue::TRUE);
}

impl Wish {
    /// As it is sent: the scenario, the choices, then each file's name and what is in it.
    fn sent(&self) -> Array {
        let now = scenario::write_changes(&self.now).to_string();
        let choices = self.choices.iter();
        let choices = texts(choices.flat_map(|(id, taken)| [id.as_str(), taken]));
        let all = Array::of2(&JsValue::from_str(&now), &choices);
        for part in &self.parts {
            all.push(&JsValue::from_str(&part.name));
            all.push(&part.blob);
        }
        all
    }

    fn received(all: &Array) -> Self {
        let choices: Array = all.get(1).unchecked_into();
        let choice = |n: u32| (text(&choices, n), text(&choices, n + 1));
        let part = |n: u32| Part {
            name: text(all, n),
            blob: all.get(n + 1).unchecked_into(),
        };
        Self {
            parts: (2..all.length()).step_by(2).map(part).collect(),
            choices: (0..choices.length()).step_by(2).map(choice).collect(),
            now: scenario::read(&text(all, 0)).0,
        }
    }
}

/// What is done with what files come to.
type Done = Box<dyn FnOnce(Outcome)>;
/// What hears a worker.
type Heard = Closure<dyn FnMut(MessageEvent)>;

/// Who waits: for progress, and for what files come to.
struct Waiting {
    progress: Box<dyn Fn(f64)>,
    done: RefCell<Option<Done>>,
    worker: RefCell<Option<Worker>>,
    is_reading: Cell<bool>,
    is_over: Cell<bool>,
    heard: RefCell<Vec<Heard>>,
}

/// Files that are being read. It ends with the handle.
pub struct Job(Rc<Waiting>);

impl Drop for Job {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Waiting {
    /// Nobody waits any more.
    fn end(&self) {
        self.is_over.set(true);
        self.done.take();
        self.dismiss();
    }

    fn dismiss(&self) {
        if let Some(worker) = self.worker.take() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }

    fn finish(&self, outcome: Outcome) {
        let done = self.done.take();
        self.end();
        if let Some(done) = done {
            done(outcome);
        }
    }

    /// Reads on the page, in slices between which it answers.
    fn read_here(self: Rc<Self>, wish: Wish) {
        self.dismiss();
        spawn_local(async move {
            let steps = Steps::begin();
            let goes_on = |share: f64| {
                if !self.is_over.get() && !share.is_nan() && steps.is_next(share) {
                    (self.progress)(share);
                }
                !self.is_over.get()
            };
            if let Some(outcome) = read(&wish, SLICE, &goes_on).await {
                self.finish(outcome);
            }
        });
    }
}

/// Begins to read files: what they have goes onto the inputs of now, with choices in place of what is usual.
pub fn start(
    parts: Vec<Part>,
    choices: Choices,
    now: Inputs,
    progress: impl Fn(f64) + 'static,
    done: impl FnOnce(Outcome) + 'static,
) -> Job {
    let waiting = Rc::new(Waiting {
        progress: Box::new(progress),
        done: RefCell::new(Some(Box::new(done))),
        worker: RefCell::new(None),
        is_reading: Cell::new(false),
        is_over: Cell::new(false),
        heard: RefCell::new(Vec::new()),
    });
    let wish = Wish {
        parts,
        choices,
        now,
    };
    match worker() {
        Some(worker) => attend(&waiting, worker, wish),
        None => waiting.clone().read_here(wish),
    }
    Job(waiting)
}

/// Hears what a worker says, until it has an answer or turns out not to work.
fn attend(waiting: &Rc<Waiting>, worker: Worker, wish: Wish) {
    let (listening, asked) = (Rc::downgrade(waiting), wish.clone());
    let answering = worker.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(waiting) = listening.upgrade().filter(|waiting| !waiting.is_over.get()) else {
            return;
        };
        let data = event.data();
        if data.as_f64().is_some_and(f64::is_nan) {
            waiting.read_here(asked.clone());
        } else if let Some(share) = data.as_f64() {
            waiting.is_reading.set(true);
            (waiting.progress)(share);
        } else if let Some(all) = data.dyn_ref::<Array>() {
            waiting.finish(Outcome::received(all));
        } else if data.as_bool() == Some(true) && answering.post_message(&asked.sent()).is_err() {
            waiting.read_here(asked.clone());
        }
    });
    let (listening, asked) = (Rc::downgrade(waiting), wish.clone());
    let failed = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        event.prevent_default();
        let waiting = listening.upgrade().filter(|waiting| !waiting.is_over.get());
        match waiting {
            // It worked, and then it broke: here it would break as well, and take the page along.
            Some(waiting) if waiting.is_reading.get() => waiting.finish(Outcome {
                inputs: None,
                bill: Summary::default(),
                told: vec![Told {
                    kind: Kind::Wrong,
                    at: (plimsoll_readers::EVERYWHERE.to_owned(), 1),
                    text: "they can\u{2019}t be read: too much for this browser\u{2019}s memory, or a mistake of ours".to_owned(),
                    choice: None,
                }],
            }),
            Some(waiting) => waiting.read_here(asked.clone()),
            None => {}
        }
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    waiting.heard.borrow_mut().extend([heard, failed]);
    let is_sent = worker.post_message(&wasm_bindgen::module()).is_ok();
    waiting.worker.replace(Some(worker));
    if !is_sent {
        return waiting.clone().read_here(wish);
    }
    // A script that isn't ours any more would be silent for ever; and in some places a worker may start, and not read.
    let listening = Rc::downgrade(waiting);
    leptos::prelude::set_timeout(
        move || {
            let waiting = listening.upgrade();
            let silent =
                waiting.filter(|waiting| !waiting.is_reading.get() && !waiting.is_over.get());
            if let Some(waiting) = silent {
                waiting.read_here(wish);
            }
        },
        PATIENCE,
    );
}

/// A worker of the script that connects the program with the browser: its file, or its text where all is in one file.
fn worker() -> Option<Worker> {
    let script = super::window()?.document()?.get_element_by_id("glue")?;
    let script: HtmlScriptElement = script.dyn_into().ok()?;
    let address = script.src();
    // A frame without an origin may start a worker of a text alone, which may load the file.
    let has_origin = super::window()?
        .location()
        .origin()
        .is_ok_and(|origin| origin != "null");
    if has_origin && !address.is_empty() {
        return Worker::new(&address).ok();
    }
    let text = if address.is_empty() {
        script.text_content()?
    } else {
        format!("importScripts(\"{address}\")")
    };
    let parts = Array::of1(&JsValue::from_str(&text));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let worker = Worker::new(&address).ok();
    // The worker has its script by then, or gets none.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        PATIENCE,
    );
    worker
}
