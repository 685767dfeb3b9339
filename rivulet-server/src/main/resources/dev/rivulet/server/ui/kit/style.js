import { Directive, directive } from "lit/directive.js";
import { noChange } from "lit";

/**
 * `<i ${style({"--part": "0.5"})}>` sets properties through CSSOM. Lit's own styleMap writes a style
 * attribute on first render, which the Content-Security-Policy forbids.
 */
class StyleDirective extends Directive {
  render() {
    return noChange;
  }

  update({ element }, [properties]) {
    for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
    return noChange;
  }
}

export const style = directive(StyleDirective);
