using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>
/// Replaces the validator's program and some of coreutils on one node, and makes the next matching call fail at an exact place: on the
/// host itself, between the command and its answer. Until it is armed the node has its own programs: a shell before each of their calls would take longer than the calls.
/// </summary>
internal sealed class HostShim
{
    private const string Validator = "tachyon-validator";

    // One script under several names. A matching call is refused, or waits, done or not, until the test has cut the connection.
    private const string Script =
        """
        #!/bin/sh
        me=${0##*/}
        real=/usr/bin/$me
        test "$me" = tachyon-validator && real=$SHIM_PROGRAM
        fault=$SHIM_FAULTS/$me
        test -e "$fault" || exec "$real" "$@"
        { read -r pattern; read -r kind; read -r words; } <"$fault"
        case "$*" in ($pattern) ;; (*) exec "$real" "$@" ;; esac
        /usr/bin/mv "$fault" "$fault.used"
        if test "$kind" = refuse; then echo "$words"; exit 1; fi
        if test "$kind" = arm; then "$real" "$@"; status=$?; /usr/bin/mv "$SHIM_FAULTS/next" "$SHIM_FAULTS/$words"; exit $status; fi
        if test "$kind" = lose-after; then "$real" "$@" >/dev/null; fi
        : >"$SHIM_FAULTS/hit"
        while ! test -e "$SHIM_FAULTS/cut"; do /usr/bin/sleep 0.02; done
        exit 1
        """;

    private readonly string _tools;
    private readonly string _faults;
    private readonly string _program;

    public HostShim(StandInNode node)
    {
        _tools = Directory.CreateDirectory(Path.Combine(node.Folder, "shim")).FullName;
        _faults = Directory.CreateDirectory(Path.Combine(node.Folder, "faults")).FullName;
        _program = node.Program;
        File.CreateSymbolicLink(Program, _program);
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_tools}:/usr/local/bin:/usr/bin:/bin",
            ["SHIM_FAULTS"] = _faults,
            ["SHIM_PROGRAM"] = node.Program,
        };
    }

    /// <summary>What logins on the node must have in their environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public string Program => Path.Combine(_tools, Validator);

    /// <summary>Makes the next call of a tool whose arguments fit the pattern go wrong.</summary>
    public void Arm(HostCall call, HostFault fault)
    {
        var words = call.Tool == Validator
            ? "request failed: Server returned rpc error Invalid params: refused by the test"
            : $"{call.Tool}: refused by the test: Operation not permitted";
        var text = $"{call.Pattern}\n{(fault == HostFault.Refused ? "refuse" : fault == HostFault.CutBefore ? "lose-before" : "lose-after")}\n{words}\n";
        PutInFrontOf(call.Tool);
        if (call.After is { } after)
        {
            PutInFrontOf(after.Tool);
            Put("next", text);
            Put(after.Tool, $"{after.Pattern}\narm\n{call.Tool}\n");
        }
        else
        {
            Put(call.Tool, text);
        }
    }

    /// <summary>Waits until a call of a run has come to where its connection is to be cut; false if the run ended before.</summary>
    public async Task<bool> HitAsync(Task run, CancellationToken cancellationToken)
    {
        await Patience.UntilAsync(() => run.IsCompleted || IsHit(), cancellationToken);
        return IsHit();
        bool IsHit() => File.Exists(Path.Combine(_faults, "hit"));
    }

    /// <summary>Ends the waiting call. Its caller is gone.</summary>
    public void Release() => Put("cut", "");

    public void Clear()
    {
        foreach (var file in Directory.GetFiles(_faults))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(_tools))
        {
            if (Path.GetFileName(file) is Validator)
            {
                File.CreateSymbolicLink(file + ".new", _program);
                File.Move(file + ".new", file, overwrite: true);
            }
            else
            {
                File.Delete(file);
            }
        }
    }

    private void PutInFrontOf(string tool)
    {
        var temporary = Path.Combine(_tools, $"{tool}.new");
        File.WriteAllText(temporary, Script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Move(temporary, Path.Combine(_tools, tool), overwrite: true);
    }

    // Renamed into place, so that the script never reads a half-written file.
    private void Put(string name, string text)
    {
        var temporary = Path.Combine(_faults, $"{name}.tmp");
        File.WriteAllText(temporary, text);
        File.Move(temporary, Path.Combine(_faults, name), overwrite: true);
    }
}
