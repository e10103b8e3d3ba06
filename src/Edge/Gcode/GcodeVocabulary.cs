using System.Collections.Frozen;

namespace Dwapi.Edge.Gcode;

/// <summary>Commands that need no look: they neither move to a place of the file's choice, nor heat, nor change what later commands mean.</summary>
internal static class GcodeVocabulary
{
    private static readonly FrozenSet<int> General = new[]
    {
        0, 1, 2, 3, 4, 5, 10, 11, 12, 17, 18, 19, 20, 21, 27, 28, 29, 30, 31, 32, 34, 42, 60, 61, 80, 90, 91, 92,
    }.ToFrozenSet();

    private static readonly FrozenSet<int> Miscellaneous = new[]
    {
        0, 1, 16, 17, 18, 20, 21, 22, 25, 27, 31, 42, 73, 75, 76, 77, 78, 82, 83, 84, 85, 104, 105, 106, 107, 108, 109, 110, 111, 113, 114, 115,
        116, 117, 118, 119, 125, 140, 141, 150, 155, 190, 191, 200, 201, 202, 203, 204, 205, 207, 208, 209, 220, 221, 226, 240, 250, 280, 300,
        303, 355, 400, 401, 402, 403, 404, 405, 406, 407, 412, 413, 420, 486, 566, 568, 572, 593, 600, 601, 602, 603, 701, 702, 710, 862, 900,
    }.ToFrozenSet();

    // Their rest is text for people or names of things, and no words.
    private static readonly FrozenSet<int> Text = new[] { 16, 23, 28, 30, 32, 33, 36, 98, 115, 117, 118, 486, 862 }.ToFrozenSet();

    private static readonly FrozenSet<string> Extended = new[]
    {
        "ACTIVATE_EXTRUDER", "BED_MESH_CALIBRATE", "BED_MESH_CLEAR", "BED_MESH_PROFILE", "BED_SCREWS_ADJUST", "CANCEL_PRINT", "CLEAR_PAUSE",
        "EXCLUDE_OBJECT", "EXCLUDE_OBJECT_DEFINE", "EXCLUDE_OBJECT_END", "EXCLUDE_OBJECT_START", "PAUSE", "QUAD_GANTRY_LEVEL", "QUERY_ENDSTOPS",
        "RESPOND", "RESUME", "RESTORE_GCODE_STATE", "SAVE_GCODE_STATE", "SET_DISPLAY_TEXT", "SET_FAN_SPEED", "SET_FILAMENT_SENSOR", "SET_GCODE_OFFSET",
        "SET_HEATER_TEMPERATURE", "SET_IDLE_TIMEOUT", "SET_INPUT_SHAPER", "SET_LED", "SET_PIN", "SET_PRESSURE_ADVANCE", "SET_PRINT_STATS_INFO",
        "SET_RETRACTION", "SET_TEMPERATURE_FAN_TARGET", "SET_VELOCITY_LIMIT", "TEMPERATURE_WAIT", "TIMELAPSE_RENDER", "TIMELAPSE_TAKE_FRAME",
        "TURN_OFF_HEATERS", "TC", "TX", "Z_TILT_ADJUST",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ExtendedBySpan = Extended.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the effect of a command, G, M or T and a number, is seen.</summary>
    public static bool IsSeen(char letter, int number) => letter switch
    {
        'G' => General.Contains(number),
        'M' => Miscellaneous.Contains(number),
        _ => letter == 'T',
    };

    /// <summary>Whether the effect of an extended command, in upper case, is seen.</summary>
    public static bool IsSeen(ReadOnlySpan<char> name) => ExtendedBySpan.Contains(name);

    /// <summary>Whether what follows the command M is text.</summary>
    public static bool IsText(int number) => Text.Contains(number);
}
