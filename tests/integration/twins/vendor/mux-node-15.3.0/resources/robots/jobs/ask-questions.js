"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.AskQuestions = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Ask questions about a video and get structured answers.
 */
class AskQuestions extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to answer questions about a Mux Video asset.
     * Optional output steering can restrict execution to a time scope in seconds.
     *
     * @example
     * ```ts
     * const askQuestionsJob =
     *   await client.robots.jobs.askQuestions.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       questions: [
     *         { question: 'Is this video about glasses?' },
     *         {
     *           question: 'What is the primary subject?',
     *           answer_options: [
     *             'glasses',
     *             'watches',
     *             'shoes',
     *             'hats',
     *           ],
     *         },
     *         {
     *           question:
     *             'Describe the primary subject in one sentence.',
     *           free_form_reply: true,
     *         },
     *       ],
     *       max_free_form_answer_length: 300,
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/ask-questions', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of an 'ask-questions' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const askQuestionsJob =
     *   await client.robots.jobs.askQuestions.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/ask-questions/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.AskQuestions = AskQuestions;
//# sourceMappingURL=ask-questions.js.map