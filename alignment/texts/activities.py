"""What can be filmed and how, and what each measure means: words for the names of activities and measures.

A name that has none here is told by itself (`alignment.texts.say`).
"""

TEXTS = {
    # What someone does in the film, and how to film it
    "activity_cycling": "Cycling",
    "activity_cycling_how": "Pedal steadily for half a minute on a trainer. Film from straight in front, the phone level at the height of the knees, with 60 pictures a second if it can, hips to toes free of the handlebar. From the side it tells how far the nearer knee is bent at the pedal's lowest point.",
    "activity_single_leg_squat": "Single-leg squat",
    "activity_single_leg_squat_how": "Stand still on both feet for a second, lift one foot behind you, then bend the standing leg at least three times; then the other leg. Film from straight in front, the phone level at hip height, head to toes in the picture.",
    "activity_sit_to_stand": "Getting up from a chair or the edge of a bed",
    "activity_sit_to_stand_how": "Sit still on a chair without armrests, or on the edge of a bed as high as your knees, arms crossed, feet flat; get up, stand still for a second, sit down; at least three times. Film from straight in front, the phone level at hip height, head to toes in the picture.",
    "activity_squat": "Squat",
    "activity_squat_how": "Stand still for a second, then squat at least three times, feet hip-wide and flat. Film from straight in front, the phone level at hip height, three to four steps away, head to toes in the picture.",
    "activity_stairs": "Stairs",
    "activity_stairs_how": "Walk up or down at least eight steps without holding on. Film going down from the front and going up from behind, the phone level and still, the whole body in the picture all the way.",
    "activity_step_down": "Step-down",
    "activity_step_down_how": "Stand still on a step of 15 to 20 cm for a second, then lower one heel slowly to the floor in front and come back, at least three times; then the other leg. Film from straight in front, the phone level at hip height.",
    # What a measure means, with its sign, as tables and definitions have it
    "meaning_fppa": "Bend at the knee between thigh and shank in the subject's frontal plane: 0 straight, + knee towards the midline.",
    "meaning_fppa_image": "The same bend as the picture shows it, uncorrected: the literature's 2-D angle; + knee towards the midline.",
    "meaning_knee_over_foot": "Distance of the knee from the upright plane through ankle and second toe, in % of leg length: + towards the midline.",
    "meaning_knee_over_toe": "Distance of the knee from the line hip-toe in the frontal plane, in % of leg length: + knee towards the midline.",
    "meaning_knee_flexion": "Angle between thigh and shank in space: 0 straight.",
    "meaning_pelvic_obliquity": "Tilt of the pelvis against the true horizontal, from two marks on it: + right hip higher.",
    "meaning_pelvic_drop": "How far the pelvis sinks on the free leg's side, against quiet standing, from two marks on it: + other side lower.",
    "meaning_pelvic_change": "Tilt of the pelvis against quiet standing, on a bicycle against its own median, from two marks: + right hip higher.",
    "meaning_trunk_lean": "Lean of the trunk (mid-hip to mid-shoulder) in the frontal plane against the vertical: + to the subject's right.",
    "meaning_trunk_lean_forward": "Lean of the trunk (mid-hip to mid-shoulder) against the vertical, seen from the side: 0 upright, + forwards.",
    "meaning_weight_right_share": "Where the centre of mass stands between the feet: 0 over the left, 1 over the right, 0.5 even. An estimate.",
    "meaning_knee_ankle_ratio": "Distance between the knees against that between the ankles, in the frontal plane: 1 knees over ankles, less inside.",
}
