/** Whether the reader wants things to stand still: `calm.matches`. */
export const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** For scrolling: glides, unless the reader wants things to stand still. */
export const gliding = () => (calm.matches ? "instant" : "smooth");
