"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Robots = void 0;
const tslib_1 = require("../../internal/tslib.js");
const resource_1 = require("../../core/resource.js");
const DirectivesAPI = tslib_1.__importStar(require("./directives/directives.js"));
const directives_1 = require("./directives/directives.js");
const JobsAPI = tslib_1.__importStar(require("./jobs/jobs.js"));
const jobs_1 = require("./jobs/jobs.js");
class Robots extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.jobs = new JobsAPI.Jobs(this._client);
        this.directives = new DirectivesAPI.Directives(this._client);
    }
}
exports.Robots = Robots;
Robots.Jobs = jobs_1.Jobs;
Robots.Directives = directives_1.Directives;
//# sourceMappingURL=robots.js.map