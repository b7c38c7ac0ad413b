"""The same in clinical terms, for those who want them: names of measures, sentences with errors, the switch to them."""

TEXTS = {
    "clinical": "Clinical terms",
    "clinical_help": "FPPA (frontal plane projection angle), standard error (SE), least detectable change (MDC), the camera's angles.",
    "clinical_hint": "Every number with its error: add --clinical.",
    # What measures are called
    "clinical_fppa": "FPPA",
    "clinical_fppa_image": "FPPA in the picture, uncorrected",
    "clinical_knee_over_foot": "knee over foot",
    "clinical_knee_over_toe": "knee over toe",
    "clinical_knee_flexion": "knee flexion",
    "clinical_pelvic_obliquity": "pelvic obliquity",
    "clinical_pelvic_drop": "contralateral pelvic drop",
    "clinical_pelvic_change": "change in pelvic obliquity",
    "clinical_trunk_lean": "lateral trunk lean",
    "clinical_weight_right_share": "share of the weight on the right",
    "clinical_knee_ankle_ratio": "knee-to-ankle separation ratio",
    # What was found: + towards the midline, to the right, or towards the standing leg
    "clinical_finding": "{what}: {mean} (mean ± SE, n = {n}){worst}; {verdict} in {share}.",
    "clinical_finding_shown": "{what}: {mean} (mean ± SE, n = {n}){worst}.",
    "clinical_worst": ", worst {worst} in {nth}",
    "clinical_hips_apart": "Left–right difference up to {value}°, more on the {leg} leg; {verdict} in {share}.",
    "clinical_hips_other_leg": "{leg} leg: {mean}; {verdict}.",
    "clinical_verdict_within": "inside the usual range",
    "clinical_verdict_edge": "near the edge of the usual range, or beyond,",
    "clinical_verdict_outside": "outside the usual range",
    # The table of numbers
    "clinical_numbers": "The numbers",
    "clinical_numbers_more": (
        "SE: standard error of the mean; SD: spread of the n repetitions; 95 %: the interval that should hold the truth; MDC: the"
        " least change between two films that is more than error, in 95 of 100 cases."
    ),
    "clinical_table_more": "Numbers at the moment that is judged, ± standard error. Choose a row, and the film goes there.",
    "clinical_head_sd": "SD",
    "clinical_head_interval": "95 %",
    "clinical_head_mdc": "MDC",
    # How it was filmed
    "clinical_camera_yaw": "{aside_deg}° ± {se_deg:.0f}°",
    "clinical_camera_corrected": "{where}; FPPA corrected by up to {changed_deg:.0f}°",
    "clinical_quality_roll_unknown": (
        "The camera's roll is not known: pelvis and trunk are unsure by {roll_se_deg:.0f}° (SE), and the share of the weight with them."
    ),
    "clinical_quality_slow_film": (
        "The film has only {rate_hz:.1f} pictures a second: low-pass filtered at {filter_hz:.1f} Hz instead of more."
    ),
    "clinical_quality_small_figure": "The person is {height_px:.0f} px tall, so the landmarks are coarse.",
}
