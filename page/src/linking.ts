/**
 * The tie between words and facts, on the page's own elements. `data-k` names the facts that an element belongs to,
 * `data-open` the fact whose details it opens. What is pointed at or focused lights up wherever it stands; marks of the
 * article are walked with the arrow keys.
 */

/** How long the pointer must rest on a fact before its words are scrolled to, in milliseconds. */
const REST = 140;

interface Roots {
  /** Holds marks and facts. */
  readonly whole: HTMLElement;
  /** Holds the marks. */
  readonly article: HTMLElement;
  readonly facts: HTMLElement;
  readonly open: (key: string) => void;
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

/** Scrolls the first element of `key` under `pane` into view, where it is out of it. */
function reveal(pane: HTMLElement, key: string): void {
  const first = pane.querySelector<HTMLElement>(`[data-k~="${CSS.escape(key)}"]`);
  if (!first) return;
  const own = first.getBoundingClientRect();
  const scrolls = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== 'visible';
  const seen = scrolls ? pane.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  if (own.top >= seen.top && own.bottom <= seen.bottom) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  first.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

/** Where an arrow leads, in a right-to-left article. */
function step(key: string): number {
  return key === 'ArrowLeft' ? 1 : key === 'ArrowRight' ? -1 : 0;
}

/** Ties words and facts together; gives back how to untie them. */
export function tie({ whole, article, facts, open }: Roots): () => void {
  const over = new AbortController();
  const { signal } = over;
  let lit: Element[] = [];
  let timer = 0;

  const light = (keys: string): void => {
    for (const element of lit) element.classList.remove('lit');
    const selector = keys.split(' ').filter(Boolean).map((key) => `[data-k~="${CSS.escape(key)}"]`).join(',');
    lit = selector === '' ? [] : [...whole.querySelectorAll(selector)];
    for (const element of lit) element.classList.add('lit');
  };
  const follow = (element: HTMLElement, rest: number): void => {
    const keys = element.dataset['k'] ?? '';
    light(keys);
    clearTimeout(timer);
    const there = article.contains(element) ? facts : facts.contains(element) ? article : undefined;
    // A mention's fact beside the article is its entity's, the last of its keys.
    const key = keys.split(' ').at(-1);
    // On a narrow page the two stand above each other, and scrolling would take the pointer's place away.
    if (there && key && matchMedia('(min-width: 60rem)').matches) timer = setTimeout(() => reveal(there, key), rest) as unknown as number;
  };

  let [x, y] = [Number.NaN, Number.NaN];
  const point = (event: PointerEvent): void => {
    // What scrolls away under a pointer at rest was not pointed at.
    if (event.clientX === x && event.clientY === y) return;
    [x, y] = [event.clientX, event.clientY];
    const element = closest(event.target, '[data-k]');
    if (element) follow(element, REST);
    else light('');
  };
  whole.addEventListener('pointerover', point, { signal });
  whole.addEventListener('pointermove', ({ clientX, clientY }) => ([x, y] = [clientX, clientY]), { signal, passive: true });
  whole.addEventListener(
    'focusin',
    (event) => {
      const element = closest(event.target, '[data-k]');
      if (element) follow(element, 0);
    },
    { signal },
  );
  whole.addEventListener('pointerleave', () => (clearTimeout(timer), light('')), { signal });
  whole.addEventListener('focusout', () => light(''), { signal });

  whole.addEventListener(
    'click',
    (event) => {
      // Who selects words to copy them does not ask for a reason.
      if (getSelection()?.isCollapsed === false && article.contains(event.target as Node)) return;
      const key = closest(event.target, '[data-open]')?.dataset['open'];
      if (key) open(key);
    },
    { signal },
  );

  article.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const here = closest(event.target, 'mark');
      if (here && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault();
        const key = here.dataset['open'];
        if (key) open(key);
        return;
      }
      const by = step(event.key);
      if (by === 0 && event.key !== 'Home' && event.key !== 'End') return;
      event.preventDefault();
      const marks = [...article.querySelectorAll<HTMLElement>('mark[tabindex]')];
      const back = event.key === 'End' || by < 0;
      const at = here && by !== 0 ? marks.indexOf(here) : back ? marks.length : -1;
      let to = back ? at - 1 : at + 1;
      for (let mark = marks[to]; mark && off(whole, mark); mark = marks[to]) to += back ? -1 : 1;
      marks[to]?.focus();
    },
    { signal },
  );
  return () => (clearTimeout(timer), over.abort());
}

/** Whether the layer of a mark is switched off. */
function off(whole: HTMLElement, mark: HTMLElement): boolean {
  const kind = mark.dataset['kind'];
  return kind !== undefined && whole.classList.contains(`off-${kind}`);
}
