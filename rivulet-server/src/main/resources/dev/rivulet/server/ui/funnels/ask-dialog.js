export * from "../kit/ask-dialog.js";
