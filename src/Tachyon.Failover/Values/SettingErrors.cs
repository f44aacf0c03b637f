using System.Buffers;
using System.Globalization;

namespace Tachyon.Failover;

/// <summary>Collects all errors in settings, so that the operator reads them at once. Each sentence names the field, the value and the remedy.</summary>
internal sealed class SettingErrors
{
    // Of a domain as well: DOMAIN\user, user@domain. ssh pastes the name into a ProxyCommand, which a shell reads: nothing that means something to one.
    private static readonly SearchValues<char> UserName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@\\+");

    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string error) => _all.Add(error);

    /// <summary>Adds the errors of a part.</summary>
    /// <param name="prefix">The name of the part.</param>
    /// <param name="errors">Its errors; null if the part itself is null.</param>
    public void AddRange(string prefix, IEnumerable<string>? errors)
    {
        if (errors is null)
        {
            Add($"{prefix} is null; leave it out for the defaults.");
            return;
        }

        _all.AddRange(errors.Select(error => $"{prefix}.{error}"));
    }

    public void CheckRange(string field, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Add($"{field} is {Text(value)}; it must be from {Text(least)} to {Text(most)}.");
        }
    }

    public void CheckCount(string field, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; it must be from {least} to {most}."));
        }
    }

    public void CheckFraction(string field, double value)
    {
        if (value is not (>= 0 and <= 1))
        {
            Add($"{field} is {value.ToString(CultureInfo.InvariantCulture)}; it must be from 0 to 1, as a fraction of the whole.");
        }
    }

    public void CheckPort(string field, int value)
    {
        if (value is < 1 or > 65535)
        {
            Add($"{field} is {value.ToString(CultureInfo.InvariantCulture)}; give a TCP port from 1 to 65535.");
        }
    }

    /// <summary>Checks a path on a node. <see cref="Path"/> does not apply: nodes run Linux, but the coordinator may not.</summary>
    public void CheckPosixPath(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add($"{field} is empty; give an absolute path on the node, such as /home/sol/identity.json.");
        }
        else if (value[0] != '/')
        {
            Add($"{field} is '{value}', a relative path; give an absolute one, such as /home/sol/{value}.");
        }
        else if (value.AsSpan().ContainsAny('\0', '\n', '\r'))
        {
            Add($"{field} holds a line end or a NUL character; give a path without them.");
        }
        else if (value.Length > 1 && value[^1] == '/')
        {
            Add($"{field} is '{value}'; leave the slash at its end out.");
        }
    }

    /// <summary>Checks a program on a node: a name in the PATH, or an absolute path.</summary>
    public void CheckProgram(string field, string? value)
    {
        if (string.IsNullOrEmpty(value) || value.Contains('/', StringComparison.Ordinal))
        {
            CheckPosixPath(field, value);
        }
        else if (value[0] == '-')
        {
            Add($"{field} is '{value}', which reads as an option; give the program's name or absolute path.");
        }
    }

    /// <summary>Checks a user of the node, or null for none. A leading hyphen would be read as an option.</summary>
    public void CheckUserName(string field, string? value)
    {
        if (value is not null && (value.Length == 0 || value[0] == '-' || value.AsSpan().ContainsAnyExcept(UserName)))
        {
            Add($"{field} is '{value}', which is no user name; give the name of a user of the node, or leave it out.");
        }
    }

    public void CheckName(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
        {
            Add($"{field} is '{value}'; give a name that an operator recognizes in messages.");
        }
    }

    private static string Text(TimeSpan value) => value.TotalSeconds < 1
        ? $"{value.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms"
        : $"{value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s";
}
